"""Lists, filters and cards by official statistics, which change without publishing anything again."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from guides.models import Edition, Projection
from guides.statistics.importing.releases import remove_release
from tests.helpers.factories import an_edition, an_occupation, pay
from tests.helpers.statistics import a_release, a_wage, an_area
from tests.reading.test_pages import words

pytestmark = pytest.mark.django_db


def titles(query: str) -> list[str]:
    html = Client().get(f"/guides/?{query}").content.decode()
    return re.findall(r'class="card-title"><a [^>]*>([^<]*)', html)


@pytest.mark.usefixtures("_delivered")
class TestDelivered:
    def test_guides_sort_by_a_median_or_by_the_low_end_of_a_range(self) -> None:
        assert titles("sort=pay") == [
            "Clinical Coordinator",  # 73,390
            "Patient Care Manager",  # 73,390
            "Patient Care Coordinator",  # 45,930
            "Medical Assistant",  # 45,690
            "Patient Care Specialist",  # 44,770
            "Patient Coordinator",  # 38,180
            "Patient Services Coordinator",  # 38,180
            "Medical Receptionist",  # 38,010
        ]

    def test_the_filter_of_pay_uses_the_same_amounts(self) -> None:
        assert titles("pay_from=45000&pay_to=50000") == ["Medical Assistant", "Patient Care Coordinator"]

    def test_all_guides_have_growth(self) -> None:
        assert titles("sort=growth") == [
            "Clinical Coordinator", "Patient Care Manager", "Medical Assistant", "Patient Coordinator",
            "Patient Services Coordinator", "Patient Care Coordinator", "Medical Receptionist",
            "Patient Care Specialist",
        ]  # fmt: skip
        assert {band: titles(f"growth={band}") for band in ("10-and-more", "5-to-10", "below-5")} == {
            "10-and-more": ["Clinical Coordinator", "Medical Assistant", "Patient Care Manager"],
            "5-to-10": ["Patient Coordinator", "Patient Services Coordinator"],
            "below-5": ["Medical Receptionist", "Patient Care Coordinator", "Patient Care Specialist"],
        }

    def test_a_card_shows_yearly_and_hourly_pay_and_names_the_occupations(self) -> None:
        text = words(Client().get("/guides/").content.decode())
        assert (
            "$45,690 a year Certificate or vocational training "
            "$21.97 an hour · median · U.S. Bureau of Labor Statistics, May 2025" in text
        )

    def test_without_the_releases_there_is_neither_pay_nor_growth(self) -> None:
        assert "$45,690" in words(Client().get("/guides/").content.decode())
        remove_release("wages", "2025-05")
        remove_release("projections", "2024-2034")
        assert "$" not in words(Client().get("/guides/").content.decode()).replace("$ a year", "")
        assert titles("growth=below-5") == []
        assert titles("pay_from=1") == []
        assert titles("sort=pay") == titles("sort=growth") == titles("")


def keeper(title: str, *occupations: dict[str, Any], median: int, growth: str = "0.02", **changes: Any) -> Edition:
    facts = [{"kind": "growth", "value": {"low": growth, "unit": "share"}, "source": "survey-2025"}]
    return an_edition(
        slug=title.lower(), title=title, levels=[], alternative_titles=[], facts=facts, occupations=list(occupations),
        pay=[pay(basis="headline", median=median)], **changes,
    )  # fmt: skip


def test_the_own_figures_of_a_guide_count_only_without_occupations() -> None:
    keeper("Own", median=90_000, growth="0.2")
    keeper("Official", an_occupation(code="31-9092", relation="same"), median=80_000, growth="0.3")
    keeper("Misleading", an_occupation(code="31-9092"), median=70_000, growth="0.4", pay_is_representative=False)
    keeper("Unknown", an_occupation(code="99-9999"), median=60_000, growth="0.5")
    wage = a_wage(area=an_area("nation", "99", "United States", "united-states", ""))
    projections = a_release("projections", date(2024, 1, 1), date(2034, 12, 31))
    Projection.objects.create(release=projections, occupation=wage.occupation, growth_permille=125)
    assert titles("sort=pay") == ["Own", "Official", "Misleading", "Unknown"]
    assert titles("pay_from=1") == ["Official", "Own"]
    assert titles("sort=growth") == ["Own", "Misleading", "Official", "Unknown"]
    text = words(Client().get("/guides/").content.decode())
    assert [amount for amount in ("90,000", "39,520", "80,000", "70,000", "60,000") if amount in text] == [
        "90,000", "39,520",
    ]  # fmt: skip
