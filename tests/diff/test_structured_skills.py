"""Changes of certificates, broader skills, alternatives, and requirements, in words."""

from typing import Any

from guides.diff import labels
from guides.diff.guide_diff import FieldChange, differences
from tests.diff.test_guide_diff import come, gone
from tests.helpers.factories import a_guide


def licensed(**changes: Any) -> dict[str, Any]:
    facts = {
        "issuer": "Light Agency", "eligibility": "Anyone of age.", "renewal": "Every 5 years.",
        "fee": {"low": 120, "high": 120, "currency": "USD"}, "training": {"low": 40, "high": 40, "unit": "hour"},
        "address": "https://example.org/license", "source": "survey-2025",
    }  # fmt: skip
    return {"slug": "license", "name": "License", "kind": "certificate", "certificate": facts | changes}


def test_facts_about_a_certificate_are_compared_by_line() -> None:
    old, new = (a_guide(skills=[licensed(fee={"low": fee, "high": fee, "currency": "USD"})]) for fee in (120, 150))
    facts = [
        "Issuer: Light Agency", "Who can take the exam: Anyone of age.", "Fee: $120", "Required training: 40 hours",
        "Renewal: Every 5 years.", "Web address: https://example.org/license",
        "Source: Bureau of Surveys: Pay and work, 2025",
    ]  # fmt: skip
    assert labels.display_value("skills", "certificate", old.skills[0], old) == "\n".join(facts)
    ((change,),) = [differences(old, new)]
    assert (change.name, [field.name for field in change.fields]) == ("License", ["Facts about the certificate"])
    changed = [piece for piece in change.fields[0].pieces if piece.kind != "same"]
    assert changed == [gone("120\n"), come("150\n")]
    without = a_guide(skills=[{**licensed(), "certificate": None}])
    ((change,),) = [differences(without, old)]
    assert change.fields == (FieldChange("Facts about the certificate", (come("\n".join(facts)),)),)


def test_broader_skills_and_alternatives_are_compared_by_name() -> None:
    epic = {"slug": "epic", "name": "Epic", "kind": "tool"}
    old = a_guide(skills=[epic | {"broader": {"slug": "records", "name": "Records"}}])
    new = a_guide(skills=[epic | {"broader": {"slug": "ehr", "name": "EHR systems"}, "one_of": "One EHR system"}])
    assert differences(old, new)[0].fields == (
        FieldChange("Broader skill", (gone("Records"), come("EHR systems"))),
        FieldChange("One of", (come("One EHR system"),)),
    )


def test_requirements_routes_and_starting_jobs_are_compared_in_words() -> None:
    way = {"education": "high-school", "certificate": "license", "source": "survey-2025"}
    route = {"title": "School", "source": "survey-2025"}
    related = {"relation": "from", "title": "Sailor"}
    old = a_guide(skills=[licensed()], requirements=[], routes=[route], related=[related])
    new = a_guide(
        skills=[licensed()],
        requirements=[way | {"years_from": 1, "years_to": 2, "experience": "work at sea"}],
        routes=[route | {"education": "associate"}],
        related=[related | {"starting_job": "sailor"}],
    )
    of_fields = {change.part: [(f.name, [p.text for p in f.pieces]) for f in change.fields]
                 for change in differences(old, new)}  # fmt: skip
    assert of_fields == {
        "requirements": [
            ("Minimum education", ["High school diploma"]),
            ("Years from", ["1"]),
            ("Years to", ["2"]),
            ("Experience in", ["work at sea"]),
            ("Required certificate", ["License"]),
            ("Source", ["Bureau of Surveys: Pay and work, 2025"]),
        ],
        "routes": [("Leads to", ["Associate degree"])],
        "related": [("Starting job", ["sailor"])],
    }
