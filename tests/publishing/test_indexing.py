"""The search index of editions: made for those that lack it, and rebuilt as it was."""

import pytest
from django.utils import timezone

from guides import words as words_module
from guides.models import FullText, Listing, Term, Wording, fulltext
from guides.publishing.editions.indexing import index_missing
from guides.reading.search import engine
from tests.helpers.factories import an_edition, day
from tests.reading.test_search import found, titles

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def test_editions_that_are_there_already_get_their_listings() -> None:
    an_edition()
    Listing.objects.all().delete()
    FullText.objects.all().delete()
    Term.objects.all().delete()
    assert titles("lighthouse") == []
    assert (index_missing(), index_missing()) == (1, 0)
    assert titles("lighthouse") == ["Lighthouse Keeper"]
    Listing.objects.update(version=0)
    assert index_missing() == 1


def test_an_index_without_compounds_is_made_again() -> None:
    edition = an_edition(title="Follow-up Nurse", alternative_titles=[])
    Listing.objects.update(version=4)
    Term.objects.filter(kind="title").update(key="follow up nurse")
    title = words_module.stems(edition.title)
    fulltext.store(edition.pk, dict.fromkeys(fulltext.COLUMNS, ()) | {"title": title})
    assert (found("followup nurse").partial, engine.resolve_title("followup nurse", at=timezone.now())) == (True, None)
    assert index_missing() == 1
    exact = engine.resolve_title("followup nurse", at=timezone.now())
    assert (found("followup nurse").partial, exact and exact.title) == (False, "Follow-up Nurse")


def test_skills_keep_the_wordings_of_the_guide_published_last_when_all_is_indexed_anew() -> None:
    oars = {"slug": "oars", "name": "Oars", "kind": "tool"}
    an_edition(at=day(1), skills=[oars | {"wordings": ["rowed"]}])
    an_edition(at=day(2), slug="pilot", title="Pilot", skills=[oars | {"wordings": ["pulled oars"]}])
    Listing.objects.update(version=0)
    index_missing()
    assert list(Wording.objects.values_list("name", flat=True)) == ["pulled oars"]
