"""Results that are not guides: skills, starting jobs, places, official occupations, and pages of the site."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from enum import StrEnum
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from django.urls import resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides import words
from guides.models.edition import Edition
from guides.models.search_index import Term, TermKind, Wording
from guides.models.statistics import Area
from guides.reading.index.live_data import LiveData
from guides.reading.index.live_index import LiveIndex
from guides.reading.index.starting_jobs import Job
from guides.reading.places import PARAMETER
from guides.rendering import figures
from guides.statistics.places import PlaceProblem, in_sentence
from guides.summary import ListedOccupation

from .phrases import NamedPlace
from .query import keys

MAX_SKILLS, MAX_JOBS, MAX_ROLES, MAX_AREAS = 3, 3, 6, 8
OFFICIAL_ADDRESS = "https://www.bls.gov/oes/current/oes{}.htm"


class OfferKind(StrEnum):
    PAGE = "page"
    SKILL = "skill"
    STARTING_JOB = "starting-job"
    PLACE = "place"
    OCCUPATION = "occupation"


class Link(NamedTuple):
    name: str
    address: str


class Offer(NamedTuple):
    """A result that is not a guide. `label` says what it is, and `slug` identifies it within its kind."""

    kind: OfferKind
    label: str
    slug: str
    title: str
    address: str = ""
    text: str = ""
    links: tuple[Link, ...] = ()


def skill_offers(text: str, known: LiveData) -> tuple[Offer, ...]:
    """Return the skills with this name or alias."""
    return _skills({slug for key in keys(text) for slug, _name in known.skills.by_key.get(key, ())}, known)


def skills_worded(text: str, known: LiveData) -> tuple[Offer, ...]:
    """Return the skills that résumés put in these words."""
    key = words.stem_key(text, cached=False)
    slugs = set(Wording.objects.filter(key=key).values_list("slug", flat=True)) if key else set()
    return _skills(slugs.intersection(known.skills.labels), known)


def _skills(slugs: AbstractSet[str], known: LiveData) -> tuple[Offer, ...]:
    named = sorted(((slug, known.skills.labels[slug].name) for slug in slugs), key=itemgetter(1, 0))[:MAX_SKILLS]
    about = _about(slugs, known)
    return tuple(
        Offer(OfferKind.SKILL, _("Skill"), slug, name, reverse("guides:skill", args=(slug,)), about.get(slug, ""))
        for slug, name in named
    )


def _about(slugs: AbstractSet[str], known: LiveData) -> dict[str, str]:
    """Return what each of these skills is, as the guide that went live last describes it."""
    editions = {known.skills.labels[slug].edition for slug in slugs}
    if not editions:
        return {}
    rows = Term.objects.filter(kind=TermKind.SKILL, slug__in=slugs, edition__in=editions)
    return {
        slug: about
        for slug, about, edition in rows.values_list("slug", "about", "edition")
        if known.skills.labels[slug].edition == edition
    }


def job_called(text: str, known: LiveData) -> Job | None:
    """Return the starting job with this title, also in the plural."""
    jobs = known.starting_jobs
    return jobs.named(text) or jobs.named(words.compact_key(text).removesuffix("s"))


def jobs_like(text: str, known: LiveData) -> tuple[Job, ...]:
    """Return the starting jobs whose title begins with these words, the shortest first, or none if there are many."""
    typed = words.words(text)
    found = [job for job in known.starting_jobs.by_slug.values() if typed and _begins(job.title, typed)]
    return tuple(sorted(found, key=lambda job: len(job.title))) if len(found) <= MAX_JOBS else ()


def _begins(title: str, typed: tuple[str, ...]) -> bool:
    spelled = words.words(title)[: len(typed)]
    return all(one == other or f"{one}s" == other for one, other in zip(spelled, typed, strict=False)) and len(
        spelled
    ) == len(typed)


def job_offer(job: Job, known: LiveData, *, name: str = "") -> Offer:
    """Return a starting job with the roles that people move on to. `name` is what the visitor typed, if it differs."""
    roles = tuple(role_links(islice(known.moves.after(job.slug, is_starting_job=True), MAX_ROLES), known.index))
    text = _("We have no guide for this job, but it can lead to others.")
    if name and words.key(name) != words.key(job.title.partition(" (")[0]):
        text = _("This is close to what you typed. Similar jobs may fit too.")
    if roles:
        text = f"{text} {_('According to our guides, people move from it to these jobs:')}"
    match = f"{reverse('guides:match')}?{urlencode({'role': job.slug})}"
    paths = f"{reverse('guides:paths')}?{urlencode({'from': job.title})}"
    return Offer(
        OfferKind.STARTING_JOB,
        _("Where you might start"),
        job.slug,
        job.title,
        match,
        text,
        (*roles, Link(_("All jobs that fit your skills"), match), Link(_("Paths from this job"), paths)),
    )


def role_links(slugs: Iterable[str], index: LiveIndex) -> Iterator[Link]:
    """Yield links to live guides in this order."""
    slugs = tuple(slugs)
    titles = dict(
        Edition.objects.filter(pk__in=[index.edition_by_slug[slug] for slug in slugs]).values_list("slug", "title")
        if slugs
        else ()
    )
    for slug in slugs:
        if slug in titles:
            yield Link(titles[slug], reverse("guides:guide", args=(slug,)))


def place_offer(place: NamedPlace, known: LiveData) -> Offer:
    """Return the page of pay in a place, or a choice of places."""
    choose = f"{reverse('guides:pay')}?{urlencode({PARAMETER: place.text})}"
    if place.problem == PlaceProblem.ZIP_CODE:
        text = _("We can’t search by ZIP code. Enter a state or city.")
        return Offer(OfferKind.PLACE, _("Pay by place"), "", _("Pay near %s") % place.text, choose, text)
    if place.problem:
        links = tuple(Link(known.places.label(area), _pay(area)) for area in place.areas[:MAX_AREAS])
        text = _("“%s” can mean more than one place. Choose one:") % place.text.title()
        return Offer(OfferKind.PLACE, _("Pay by place"), "", _("Pay in %s") % place.text.title(), choose, text, links)
    area = place.areas[0]
    text = _("What these jobs pay there, from official figures.")
    title = _("Pay in %s") % in_sentence(area)
    return Offer(OfferKind.PLACE, _("Pay by place"), area.slug, title, _pay(area), text)


def _pay(area: Area) -> str:
    return reverse("guides:pay-place", args=(area.slug,))


def occupation_offer(code: str, known: LiveData) -> Offer:
    """Return an official occupation without a guide, with its pay and the guides that are nearest."""
    title = known.occupation_titles.official[code]
    headline = known.national.of_occupations((ListedOccupation(code, "same"),), is_representative=True).headline
    sentences = [_("We have no guide for this job yet. This is the closest official occupation.")]
    if headline:
        sentences.append(_("It pays %s nationwide.") % figures.labeled_headline(headline))
    near = known.index.by_occupation.get(code, ())[:MAX_ROLES]
    if near:
        sentences.append(_("The closest guides:"))
    return Offer(
        OfferKind.OCCUPATION,
        _("Official occupation %s") % code,
        code,
        title,
        OFFICIAL_ADDRESS.format(code.replace("-", "")),
        " ".join(sentences),
        tuple(role_links(near, known.index)),
    )


def page_offer(address: str, title: str, known: LiveData) -> Offer:
    """Return a page of the site. The page of a skill is that skill."""
    match = resolve(address.partition("#")[0].partition("?")[0])
    if match.view_name == "guides:skill":
        slug = match.kwargs["slug"]
        about = _about({slug}, known).get(slug, "")
        name = known.skills.labels[slug].name
        return Offer(OfferKind.SKILL, _("Skill"), slug, name, address, f"{title} {about}".strip())
    return Offer(OfferKind.PAGE, _("Page"), address, title, address)


def path_offer(job: Job, guide: str, known: LiveData) -> tuple[Offer, ...]:
    """Return the path from a starting job to the guide at a slug."""
    address = reverse("guides:path", args=(job.slug, guide))
    return tuple(
        Offer(
            OfferKind.PAGE,
            _("Page"),
            address,
            _("From %(job)s to %(role)s") % {"job": job.title, "role": link.name},
            address,
        )
        for link in role_links((guide,), known.index)
    )
