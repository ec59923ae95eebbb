"""The delivered guides: a median of a broader occupation is nowhere but in the rows that name this occupation."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from io import BytesIO
from itertools import permutations
from urllib.parse import urldefrag, urljoin, urlsplit
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

from guides.models import Listing, Role
from guides.publishing.editions.withdraw import withdraw
from guides.reading.index.live_data import live_data
from guides.reading.urls import FORMS, urlpatterns
from guides.statistics.headline import PayHeadline
from tests.helpers.hypothesis_profile import IS_LONG

pytestmark = pytest.mark.usefixtures("_delivered")

AMOUNTS: Mapping[str, tuple[int, ...]] = {
    "Medical and Health Services Managers": (123_860, 140_970),
    "Registered Nurses": (97_550, 101_420),
    "Health Technologists and Technicians, All Other": (50_290, 58_710),
    "Receptionists and Information Clerks": (38_010, 39_460),
    "Medical Secretaries and Administrative Assistants": (45_930, 46_800),
    "Customer Service Representatives": (44_770, 46_590),
    "Himalayas|that is not named": (40_680,),
}
"""Medians and averages that belong to no role of the delivered guides, by patterns of the names next to them."""

NEAR = 600
"""Characters between a figure and its name, at most."""

ANSWERS = "have=hipaa-compliance,time-management&years=12"
PLACES = ("patient-care-coordinator", "clinical-coordinator", "patient-care-manager")
SEEDS = (
    "/", "/sitemap.xml", "/llms.txt", "/robots.txt", "/opensearch.xml", "/feed/", "/guides/?sort=pay",
    "/guides/?pay_from=1", "/search/?q=manager", "/search/suggestions/?q=care", "/match/suggestions/?q=care",
    "/pay/suggestions/?q=tex", "/guides/patient-care-manager/pay/", "/guides/patient-care-manager/pay/texas/",
    "/guides/patient-care-manager/pay.csv",
    "/paths/?from=nurse&to=clerk", "/guides/patient-care-manager/card-1.png", f"/match/?{ANSWERS}",
    f"/compare/?{'&'.join(f'guide={slug}' for slug in PLACES)}",
    *(f"/guides/{slug}/skills-check/?{ANSWERS}" for slug in PLACES),
    *(f"/guides/{slug}/{end}" for slug in PLACES for end in ("card-1-v4.png", "feed/", "toolkit/job-description.docx")),
    *(f"/paths/{first}/{last}/" for first, last in permutations(PLACES, 2)),
)  # fmt: skip
UNSERVED = {"image", "report", "reported", "security-txt", "sitemap-section"}
"""Names of what the delivered guides have none of, or what shows no guide."""

OF_OCCUPATIONS = {"role-pay", "role-pay-place"}
"""Names of pages that are about official occupations, each under its title. `tests/reading/pay` reads them."""

MOST_OF_A_KIND = 40 if IS_LONG else 12
_LINK = re.compile(r'(?:href="|content="http://127\.0\.0\.1:8000|<loc>http://127\.0\.0\.1:8000)([^"<]*)')


def text_of(content: bytes) -> str:
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as word:
            content = word.read("word/document.xml")
    return content.decode(errors="replace")


def walk() -> Iterator[tuple[str, str, str]]:
    """Yield name of pattern, address and text of what links lead to from the seeds: some of each kind."""
    waiting, seen, of_kind = [*SEEDS], set(SEEDS), dict[str, int]()
    while waiting:
        address = waiting.pop(0)
        try:
            name = resolve(urlsplit(address).path).url_name or ""
        except Resolver404:
            continue
        if of_kind.get(name, 0) >= MOST_OF_A_KIND and address not in SEEDS:
            continue
        of_kind[name] = of_kind.get(name, 0) + 1
        response = Client().get(address)
        assert response.status_code in {200, 301, 302}, address
        text = text_of(response.content)
        yield name, address, text
        links = (urldefrag(urljoin(address, unescape(link)))[0] for link in _links(response.headers, text))
        fresh = [link for link in dict.fromkeys(links) if link.startswith("/") and link not in seen]
        seen.update(fresh)
        waiting += fresh


def _links(headers: Mapping[str, str], text: str) -> tuple[str, ...]:
    return (*_LINK.findall(text), *([headers["Location"]] if "Location" in headers else []))


def unnamed(text: str) -> Iterator[str]:
    """Yield amounts of other occupations that have no name of their occupation near them."""
    plain = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", text)))
    for title, amounts in AMOUNTS.items():
        for amount in (spelled for number in amounts for spelled in (f"{number:,}", str(number))):
            for found in re.finditer(rf"(?<![0-9,.]){amount}(?![0-9,])", plain):
                near = plain[max(0, found.start() - NEAR) : found.end() + NEAR]
                if not re.search(title, near, re.IGNORECASE):
                    yield f"{amount}: {plain[found.start() - 60 : found.end() + 60]}"


def test_no_page_file_or_feed_shows_a_median_of_another_occupation_without_its_name() -> None:
    visited, found, named = set[str](), list[tuple[str, str]](), set[str]()
    for name, address, text in walk():
        visited.add(name)
        found += [(address, amount) for amount in unnamed("" if name in OF_OCCUPATIONS else text)]
        named |= {urlsplit(address).path for title in AMOUNTS if re.search(title, text)}
    assert found == []
    assert named >= {f"/guides/{slug}{end}" for slug in PLACES for end in ("/", ".md")}
    served = {pattern.name for pattern in urlpatterns if pattern.name}
    assert served - UNSERVED - FORMS - visited == set()


def test_a_page_of_a_withdrawn_guide_names_the_occupations_of_its_neighbors() -> None:
    withdraw(role=Role.objects.get(slug="patient-care-coordinator"), by="Ada")
    page = Client().get("/guides/patient-care-coordinator/").content.decode()
    label = "10th percentile to median: Health Technologists and Technicians, All Other"
    assert f"$38,180–$50,290 a year · $18.36–$24.18 an hour, {label}" in page
    assert list(unnamed(page)) == []


def test_the_role_that_is_an_official_occupation_alone_has_a_typical_figure() -> None:
    assert {slug for slug, headline in headlines().items() if headline.is_own} == {"medical-assistant"}


def test_each_headline_names_the_occupations_that_its_range_belongs_to() -> None:
    shown: dict[str, object] = {
        slug: (headline.band.label, headline.band.low, headline.band.high, headline.band.median, headline.sort_amount)
        for slug, headline in headlines().items()
    }
    assert shown == {
        "clinical-coordinator": ("Medical and Health Services Managers", 73_390, 123_860, None, 73_390),
        "medical-assistant": ("", 36_050, 59_310, 45_690, 45_690),
        "medical-receptionist": (
            "Receptionists and Information Clerks; Medical Secretaries and Administrative Assistants",
            38_010, 45_930, None, 38_010,
        ),
        "patient-care-coordinator": (
            "Medical Secretaries and Administrative Assistants; Health Technologists and Technicians, All Other",
            45_930, 50_290, None, 45_930,
        ),
        "patient-care-manager": ("Medical and Health Services Managers", 73_390, 123_860, None, 73_390),
        "patient-care-specialist": (
            "Medical Secretaries and Administrative Assistants; Customer Service Representatives",
            44_770, 45_930, None, 44_770,
        ),
        "patient-coordinator": ("Health Technologists and Technicians, All Other", 38_180, 50_290, None, 38_180),
        "patient-services-coordinator": (
            "Health Technologists and Technicians, All Other", 38_180, 50_290, None, 38_180,
        ),
    }  # fmt: skip


def headlines() -> dict[str, PayHeadline]:
    national = live_data(at=timezone.now()).national
    found = {row.edition.slug: national.of(row.pay_facts).headline for row in Listing.objects.select_related("edition")}
    return {slug: headline for slug, headline in sorted(found.items()) if headline}
