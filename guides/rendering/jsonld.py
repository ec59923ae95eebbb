"""Schema.org JSON-LD of a guide: only what its page shows, without empty values."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from guides.choices import Period
from guides.media import names
from guides.models.wages import Wage
from guides.requirements import RequirementKind
from guides.schema import Guide, Picture
from guides.schema.types import HOME_CURRENCY
from guides.statistics.figures import percentiles
from guides.statistics.official import RoleStatistics
from guides.summary import summary_requirements

from . import figures, requirement_words
from .language import language_tag

_DURATIONS = {"hour": "PT1H", "week": "P1W", "month": "P1M", "year": "P1Y"}

type Thing = dict[str, Any]


def of_page(kind: str, name: str, about: str, *, address: str, home: str) -> str:
    """Return the JSON of a page other than a guide: a WebPage or a subtype of it."""
    site = {"@type": "WebSite", "name": _("Careerguide"), "url": home}
    page = {
        "@type": kind,
        "@id": address,
        "url": address,
        "name": name,
        "description": about,
        "inLanguage": language_tag(),
    }
    return script_json({"@context": "https://schema.org", **filled(page), "isPartOf": site})


def render(
    guide: Guide,
    html: Mapping[str, str],
    statistics: RoleStatistics,
    *,
    address: str,
    crumbs: Sequence[tuple[str, str]],
    published: datetime,
) -> str:
    """Return the JSON of a guide at `address`, safe in a script element.

    `crumbs` has the names and addresses of the pages above it, and `html` the guide's prose by place.
    """
    things = (
        _page(guide, address, crumbs, published),
        _occupation(guide, html, statistics, address),
        _questions(guide, html, address),
    )
    return script_json({"@context": "https://schema.org", "@graph": [filled(thing) for thing in things if thing]})


def script_json(data: Thing) -> str:
    """Return JSON that is safe in a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # No text may end the script element that contains it.
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _page(guide: Guide, address: str, crumbs: Sequence[tuple[str, str]], published: datetime) -> Thing:
    return {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": guide.title,
        "description": guide.summary,
        "inLanguage": language_tag(),
        "image": guide.picture and _image(guide.picture, address),
        "datePublished": timezone.localtime(published).date().isoformat(),
        "lastReviewed": guide.reviewed_on and guide.reviewed_on.isoformat(),
        "mainEntity": {"@id": f"{address}#occupation"},
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": name, "item": item}
                for position, (name, item) in enumerate((*crumbs, (guide.title, address)), start=1)
            ],
        },
    }


def _image(picture: Picture, page: str) -> Thing:
    width, height = names.size_of(picture.name)
    return {
        "@type": "ImageObject",
        "contentUrl": urljoin(page, names.address_of(picture.name)),
        "caption": picture.alt,
        "width": width,
        "height": height,
    }


def _occupation(guide: Guide, html: Mapping[str, str], statistics: RoleStatistics, address: str) -> Thing:
    facts = ((fact.kind, html.get(f"facts.{index}.text", "")) for index, fact in enumerate(guide.facts))
    education = [unescape(strip_tags(text)) for kind, text in facts if kind == "education" and text]
    required = next(map(requirement_words.phrases, summary_requirements(guide)), {})  # of the usual way
    salaries, country = _salaries(guide, statistics)
    return {
        "@type": "Occupation",
        "@id": f"{address}#occupation",
        "name": guide.title,
        "alternateName": list(guide.alternative_titles),
        "description": guide.summary,
        "responsibilities": [duty.title for duty in guide.responsibilities],
        "skills": [skill.name for skill in guide.skills],
        "educationRequirements": education[0] if education else "",
        "experienceRequirements": required.get(RequirementKind.EXPERIENCE, ""),
        "qualifications": required.get(RequirementKind.CERTIFICATE, ""),
        "estimatedSalary": salaries,
        "occupationLocation": [{"@type": "Country", "name": figures.country(country)}] if country else [],
    }


def _salaries(guide: Guide, statistics: RoleStatistics) -> tuple[list[Thing], str]:
    """Return the distributions of the role's own pay, and their country.

    An estimated salary is about exactly this role. The pay of an occupation that is broader or only similar has no
    place here, nor has the pay of a level.
    """
    headline = statistics.headline
    if headline is None or headline.band.median is None:
        return [], ""
    band = headline.band
    wage = next((each.wage for each in statistics.occupations if each.code in headline.codes), None)
    if wage:
        return distributions(wage), band.country
    amounts = {"median": float(headline.band.median)}
    return [_distribution(band.label or guide.title, band.currency, band.period, amounts)], band.country


def distributions(wage: Wage) -> list[Thing]:
    """Return the distributions of pay by the year and by the hour. Gaps and bounds are left out."""
    return [
        _distribution(wage.occupation.title, HOME_CURRENCY, per, amounts)
        for per in (Period.YEAR, Period.HOUR)
        if (amounts := _amounts(wage, per))
    ]


def _amounts(wage: Wage, per: Period) -> dict[str, float]:
    return {
        "median" if each.percent == 50 else f"percentile{each.percent}": float(each.figure.amount)
        for each in percentiles(wage, per)
        if each.figure.amount is not None and not each.is_collapsed
    }


def _distribution(name: str, currency: str, per: str, amounts: Mapping[str, float]) -> Thing:
    duration = _DURATIONS[per]
    return {"@type": "MonetaryAmountDistribution", "name": name, "currency": currency, "duration": duration, **amounts}


def _questions(guide: Guide, html: Mapping[str, str], address: str) -> Thing:
    if not guide.faqs:
        return {}
    return {
        "@type": "FAQPage",
        "@id": f"{address}#questions",
        "mainEntity": [
            {
                "@type": "Question",
                "name": faq.question,
                "acceptedAnswer": {"@type": "Answer", "text": html[f"faqs.{index}.answer"]},
            }
            for index, faq in enumerate(guide.faqs)
            if html[f"faqs.{index}.answer"]
        ],
    }


def filled(thing: Thing) -> Thing:
    """Return a thing without its empty values."""
    return {name: value for name, value in thing.items() if value not in ("", [], None)}
