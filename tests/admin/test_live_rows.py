"""The admin of starting jobs and search intents, which visitors see at once."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse

from guides.models import AuditLogEntry, Generation, SearchIntent, Skill, StartingJob
from tests.helpers.statistics import an_occupation

pytestmark = pytest.mark.django_db

SAILOR: dict[str, Any] = {
    "title": "Sailor",
    "slug": "sailor",
    "other_titles": "Deckhand\nMariner",
    "code": "",
    "skills": [],
}
INTENT: dict[str, Any] = {
    "order": 10,
    "phrases": "no degree\nwithout a degree",
    "target": "/guides/?education=none",
    "message": "Jobs",
}


def post(client: Client, model: str, data: dict[str, Any], pk: int | None = None) -> dict[str, list[str]]:
    """Save a row, and return the errors by field."""
    url = reverse(f"admin:guides_{model}_{'change' if pk else 'add'}", args=(pk,) if pk else ())
    response = client.post(url, data)
    if response.status_code == 302:
        return {}
    return {name: list(of) for name, of in response.context["adminform"].form.errors.items()}


def log() -> list[tuple[str, str, str, str]]:
    return list(AuditLogEntry.objects.order_by("pk").values_list("by", "verb", "subject", "note"))


# Starting jobs


def test_a_starting_job_is_added_changed_and_deleted_and_the_audit_log_says_so(desk: Client) -> None:
    knots = Skill.objects.create(slug="knots", name="Knots", kind="technical")
    assert post(desk, "startingjob", SAILOR | {"skills": [knots.pk]}) == {}
    job = StartingJob.objects.get()
    assert (job.slug, job.other_titles, list(job.skills.all())) == ("sailor", ["Deckhand", "Mariner"], [knots])
    renamed = SAILOR | {"title": "Able sailor", "slug": "other", "initial-other_titles": SAILOR["other_titles"]}
    assert post(desk, "startingjob", renamed, job.pk) == {}
    job.refresh_from_db()
    assert (job.slug, job.title, list(job.skills.all())) == ("sailor", "Able sailor", [])
    desk.post(reverse("admin:guides_startingjob_delete", args=(job.pk,)), {"post": "yes"})
    assert log() == [
        ("ada", "row-added", "Starting job: Sailor", ""),
        ("ada", "row-changed", "Starting job: Able sailor", "Changed Title and Skills."),
        ("ada", "row-deleted", "Starting job: Able sailor", ""),
    ]
    assert str(AuditLogEntry.objects.earliest("pk")) == "ada added: Starting job: Sailor"


def test_visitors_see_a_change_at_once_and_the_page_says_so(desk: Client) -> None:
    before = Generation.current()
    post(desk, "startingjob", SAILOR)
    assert Generation.current() != before
    for model in ("startingjob", "searchintent"):
        page = desk.get(reverse(f"admin:guides_{model}_add")).content.decode()
        assert "Visitors see a change as soon as you save it." in page


@pytest.mark.parametrize(
    ("changes", "field", "name"),
    [
        ({"title": "SAILOR"}, "title", "SAILOR"),
        ({"title": "deck-hand"}, None, ""),
        ({"title": "deckhand"}, "title", "deckhand"),
        ({"title": "Pilot", "other_titles": "Harbor pilot\nmariner"}, "other_titles", "mariner"),
        ({"title": "Pilot", "other_titles": "Harbor pilot"}, None, ""),
    ],
)
def test_a_title_belongs_to_one_starting_job(
    desk: Client, changes: dict[str, str], field: str | None, name: str
) -> None:
    post(desk, "startingjob", SAILOR)
    message = f"“{name}” is a title of the starting job “Sailor”. Remove it from one of the two."
    other = SAILOR | {"slug": "other", "other_titles": ""} | changes
    assert post(desk, "startingjob", other) == ({field: [message]} if field else {})


def test_a_code_is_checked_like_that_of_a_role(desk: Client) -> None:
    an_occupation("53-5011", "Sailors and Marine Oilers")
    assert post(desk, "startingjob", SAILOR | {"code": "53-5012"}) == {
        "code": ["The classification has no occupation “53-5012”. Similar: 53-5011 Sailors and Marine Oilers."]
    }
    assert post(desk, "startingjob", SAILOR | {"code": "sailors and marine oilers"}) == {}
    job = StartingJob.objects.get()
    assert job.code == "53-5011"
    page = desk.get(reverse("admin:guides_startingjob_change", args=(job.pk,))).content.decode()
    assert '<option value="53-5011">Sailors and Marine Oilers</option>' in page
    StartingJob.objects.update(code="99-9999")
    assert post(desk, "startingjob", SAILOR | {"code": "99-9999"}, job.pk) == {}


def test_the_history_of_a_row_is_in_the_audit_log(desk: Client) -> None:
    post(desk, "startingjob", SAILOR)
    url = reverse("admin:guides_startingjob_history", args=(StartingJob.objects.get().pk,))
    page = desk.get(url, follow=True)
    assert [str(entry) for entry in page.context["cl"].result_list] == ["ada added: Starting job: Sailor"]


# Search intents


def test_a_search_intent_is_added_and_the_audit_log_says_so(desk: Client) -> None:
    assert post(desk, "searchintent", INTENT) == {}
    intent = SearchIntent.objects.get()
    assert (intent.phrases, intent.target) == (["no degree", "without a degree"], "/guides/?education=none")
    assert log() == [("ada", "row-added", "Search intent: no degree, without a degree", "")]


@pytest.mark.parametrize(
    "target",
    ["/jobs/", "/guides", "guides/", "https://example.org/guides/", "//example.org/", "/admin/", "/{amount}/", "/a/{"],
)
def test_a_target_is_a_page_of_the_site(desk: Client, target: str) -> None:
    errors = post(desk, "searchintent", INTENT | {"target": target, "phrases": "over {amount}"})
    assert list(errors) == ["target"]
    assert "Enter a path such as /guides/?setting=remote, with its last slash." in errors["target"][0]


def test_placeholders_of_the_target_are_in_the_phrases(desk: Client) -> None:
    over = INTENT | {
        "phrases": "over {amount}\nwell paid",
        "target": "/guides/?pay_from={amount}",
        "message": "{place}",
    }
    assert post(desk, "searchintent", over) == {
        "target": ["It contains {amount}, but these phrases do not: “well paid”. Add it to them."],
        "message": ["It contains {place}, but these phrases do not: “over {amount}”, “well paid”. Add it to them."],
    }
    assert post(desk, "searchintent", INTENT | {"phrases": "in {state}", "target": "/pay/{state}/"}) == {
        "phrases": ["A phrase can contain {amount} and {place}, but not {state}."],
        "target": ["There is no placeholder {state}. Use {amount}, {place}, {guide} or {other}."],
    }
    assert (
        post(desk, "searchintent", INTENT | {"phrases": "in {place}", "target": "/guides/{guide}/pay/{place}/"}) == {}
    )


def test_an_intent_has_a_phrase_that_no_other_has(desk: Client) -> None:
    post(desk, "searchintent", INTENT)
    again = INTENT | {"order": 20, "phrases": "No  degree!\nGED"}
    assert post(desk, "searchintent", again) == {
        "phrases": ["“No  degree!” is a phrase of intent 10, too. Remove it from one of the two."]
    }
    assert post(desk, "searchintent", again | {"target": "/guides/{guide}/#entry"}) == {}
    assert post(desk, "searchintent", INTENT, SearchIntent.objects.get(order=10).pk) == {}
    assert post(desk, "searchintent", INTENT | {"order": 30, "phrases": " "}) == {
        "phrases": ["Enter at least one phrase."]
    }
    assert "order" in post(desk, "searchintent", INTENT | {"phrases": "GED"} | {"order": 20})


@pytest.mark.parametrize("model", [StartingJob, SearchIntent])
def test_delivered_rows_pass_their_forms(editor: User, model: type[Model]) -> None:
    call_command("loaddata", "skills", "starting_jobs", "search_intents", verbosity=0)
    request = RequestFactory().get("/")
    request.user = editor
    form_class = admin.site.get_model_admin(model).get_form(request)
    faults = {}
    for row in model._default_manager.all():
        unbound = form_class(instance=row)
        data = {name: field.prepare_value(unbound.initial.get(name)) for name, field in unbound.fields.items()}
        if found := form_class(data, instance=row).errors:
            faults[str(row)] = dict(found)
    assert faults == {}
