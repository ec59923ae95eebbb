"""The skills of live guides: their names, the roles that require them, and related skills."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from django.core.paginator import Paginator
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from guides.choices import SkillKind
from guides.models.search_index import Listing, Term, TermKind
from guides.reading.index.live_data import live_data
from guides.reading.index.live_index import positions
from guides.reading.index.skill_index import SkillIndex
from guides.schema import Certificate, Source
from guides.statistics.official import OfficialFigures

from .browse import Card, card, top_terms

PAGE_SIZE, MAX_RELATED, MAX_OFFERED, MAX_ADVICE = 24, 8, 36, 3


class RequiringRole(NamedTuple):
    """A role that requires the skill, its purpose there, and how the guide says to learn it, as sanitized HTML."""

    card: Card
    purpose: SafeString
    gained: SafeString


class LearningAdvice(NamedTuple):
    """How to learn the skill, as sanitized HTML, and the titles of the roles whose guides say so."""

    text: SafeString
    titles: tuple[str, ...]


class SkillView(NamedTuple):
    """A page about a skill. `related` has the skills that the same roles require most: slug, name, number of roles.

    `broader` and `narrower` are the slugs and names of skills that live guides require. `certificate` has the facts of
    a certificate, and `source` their source.
    """

    slug: str
    name: str
    kind: str
    about: str
    aliases: tuple[str, ...]
    broader: tuple[tuple[str, str], ...]
    narrower: tuple[tuple[str, str], ...]
    certificate: Certificate | None
    source: Source | None
    advice: tuple[LearningAdvice, ...]
    roles: tuple[RequiringRole, ...]
    related: tuple[tuple[str, str, int], ...]
    number: int
    pages: int


class SkillCount(NamedTuple):
    """A skill, with the number of live guides that require it."""

    slug: str
    name: str
    kind: str
    guides: int


def all_skills(*, at: datetime) -> tuple[SkillCount, ...]:
    """Return the skills of live guides by kind and name."""
    skills = live_data(at=at).skills
    labeled = ((slug, skills.labels[slug]) for slug in skills.by_kind)
    return tuple(SkillCount(slug, label.name, label.kind, skills.guides[slug]) for slug, label in labeled)


def renamed(slugs: Iterable[str], *, at: datetime) -> dict[str, str]:
    """Map those of these slugs that no live guide has to the current slugs of their skills.

    If editors merge two skills, the name of one becomes an alias of the other.
    """
    slugs = tuple(slugs)
    labels = live_data(at=at).skills.labels if slugs else {}
    unknown = [slug for slug in slugs if slug not in labels]
    if not unknown:
        return {}
    current = {slugify(alias): slug for slug in sorted(labels, reverse=True) for alias in labels[slug].aliases}
    return {slug: current[slug] for slug in unknown if slug in current}


def names_of(slugs: Iterable[str], *, at: datetime) -> dict[str, str]:
    """Return the names of those of these skills that live guides have, by slug."""
    labels = live_data(at=at).skills.labels
    return {slug: labels[slug].name for slug in slugs if slug in labels}


def most_required(*, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the slugs and names of the skills that the most live guides require."""
    skills = live_data(at=at).skills
    return tuple((slug, skills.labels[slug].name) for slug in islice(skills.guides, MAX_OFFERED))


def skill_view(term: Term, *, page: int, at: datetime) -> SkillView | None:
    """Return a page about a skill, or None if there are fewer pages."""
    known = live_data(at=at)
    index = known.index
    requiring = index.mask(TermKind.SKILL, term.slug)
    pages = Paginator(index.editions(positions(requiring, index.by_title)), PAGE_SIZE)
    if page not in pages.page_range:
        return None
    # A skill that only one role shares is left out. Related skills are on the first page only.
    counts = top_terms(TermKind.SKILL, index.counts(TermKind.SKILL, requiring), index, most=MAX_RELATED + 1)
    related = [row for row in counts if row[0] != term.slug and row[2] > 1][:MAX_RELATED] if page == 1 else ()
    roles = tuple(_requiring(_listings(pages.page(page).object_list), term.slug, known.national))
    broader = known.skills.broader
    certificate, source = _certificate(term) if term.group == SkillKind.CERTIFICATE else (None, None)
    return SkillView(
        slug=term.slug,
        name=term.name,
        kind=str(SkillKind(term.group).label),
        about=term.about,
        aliases=index.labels[TermKind.SKILL][term.slug].aliases,
        broader=_names([broader[term.slug]] if term.slug in broader else [], known.skills),
        narrower=_names([slug for slug, above in broader.items() if above == term.slug], known.skills),
        certificate=certificate,
        source=source,
        advice=_advice(roles),
        roles=roles,
        related=tuple(related),
        number=page,
        pages=pages.num_pages,
    )


def _names(slugs: Iterable[str], skills: SkillIndex) -> tuple[tuple[str, str], ...]:
    """Return the slugs and names of those of these skills that live guides require, by name."""
    named = ((slug, skills.labels[slug].name) for slug in slugs if slug in skills.labels)
    return tuple(sorted(named, key=itemgetter(1)))


def _certificate(term: Term) -> tuple[Certificate | None, Source | None]:
    """Return the facts of a certificate and their source, as the edition of the term states them."""
    guide = term.edition.guide
    facts = next((skill.certificate for skill in guide.skills if skill.slug == term.slug), None)
    return facts, next((source for source in guide.sources if facts and source.slug == facts.source), None)


def _advice(roles: Iterable[RequiringRole]) -> tuple[LearningAdvice, ...]:
    """Return each advice once, the one of the most guides first."""
    titles: dict[SafeString, list[str]] = {}
    for role in roles:
        titles.setdefault(role.gained, []).append(role.card.title)
    advice = (LearningAdvice(text, tuple(of)) for text, of in titles.items() if text)
    return tuple(sorted(advice, key=lambda each: -len(each.titles)))[:MAX_ADVICE]


def _listings(pks: Iterable[int]) -> Iterator[Listing]:
    """Yield these listings in this order."""
    pks = tuple(pks)
    found = Listing.objects.select_related("edition").defer("text", "edition__content").in_bulk(pks)
    yield from (found[pk] for pk in pks if pk in found)


def _requiring(listings: Iterable[Listing], slug: str, official: OfficialFigures) -> Iterator[RequiringRole]:
    for listing in listings:
        place = next(place for place, (own, *_rest) in enumerate(listing.skills) if own == slug)
        purpose, gained = (
            mark_safe(listing.edition.html.get(f"skills.{place}.{name}", ""))  # noqa: S308 -- sanitized at publication
            for name in ("purpose", "gained")
        )
        yield RequiringRole(card(listing, official), purpose, gained)
