"""An edition gets its listing: what it is found, sorted and compared by, all derived from its guide."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import unescape
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.html import strip_tags

from guides import words
from guides.choices import EducationLevel, GrowthBand, Setting
from guides.document import Guide, KeyFact, SalaryBand
from guides.models import Edition, Listing, Term, TermKind, Word, fulltext
from guides.values import HOME_CURRENCY

VERSION = 1
"""Of what is derived: a listing of another version is made anew."""

AT_ONCE = 200


class _Term(NamedTuple):
    kind: TermKind
    slug: str
    name: str
    group: str = ""
    about: str = ""


@transaction.atomic
def index(*, edition: Edition) -> Listing:
    """Make the listing of an edition, in place of one that is there."""
    guide, terms = edition.guide, tuple(dict.fromkeys(_terms(edition.guide)))
    Term.objects.filter(edition=edition).delete()
    Term.objects.bulk_create(Term(edition=edition, key=words.key(term.name), **term._asdict()) for term in terms)
    text, band = "\n".join(_text(edition)), _headline(guide)
    listing, _made = Listing.objects.update_or_create(
        edition=edition,
        defaults={
            "version": VERSION,
            "sort_title": words.key(guide.title),
            "field_name": guide.field.name if guide.field else "",
            "education": _education(guide),
            "growth": _growth(guide),
            "pay": _yearly(band),
            "band": band and band.model_dump(mode="json", exclude_defaults=True),
            "skills": [(skill.slug, skill.name, skill.kind) for skill in guide.skills],
            "text": text,
        },
    )
    names, skills = _named(terms, TermKind.ALTERNATIVE, TermKind.FIELD), _named(terms, TermKind.SKILL, TermKind.ALIAS)
    fulltext.store(
        edition.pk,
        {
            "title": words.stems(guide.title),
            "names": words.stems(names),
            "skills": words.stems(skills),
            "body": words.stems(text),
        },
    )
    spelled = sorted(set(words.words(f"{guide.title} {names} {skills}")))
    Word.objects.bulk_create((Word(word=word) for word in spelled), ignore_conflicts=True)
    return listing


def index_missing() -> int:
    """Make the listings that are missing or were derived otherwise; how many there were."""
    count = 0
    while editions := Edition.objects.exclude(Q(listing__version=VERSION))[:AT_ONCE]:
        for edition in editions:
            index(edition=edition)
            count += 1
    return count


def _terms(guide: Guide) -> Iterator[_Term]:
    yield _Term(TermKind.TITLE, guide.slug, guide.title)
    yield from (_Term(TermKind.ALTERNATIVE, guide.slug, name) for name in guide.alternative_titles)
    yield from (_Term(TermKind.LEVEL, guide.slug, level.title) for level in guide.levels)
    for skill in guide.skills:
        yield _Term(TermKind.SKILL, skill.slug, skill.name, skill.kind, skill.summary)
        yield from (_Term(TermKind.ALIAS, skill.slug, alias) for alias in skill.aliases)
    if guide.field:
        yield _Term(TermKind.FIELD, guide.field.slug, guide.field.name, about=guide.field.summary)
    if level := _education(guide):
        yield _Term(TermKind.EDUCATION, level, str(EducationLevel(level).label))
    for setting in dict.fromkeys(setting for fact in guide.facts for setting in fact.settings):
        yield _Term(TermKind.SETTING, setting, str(Setting(setting).label))
    if (growth := _growth(guide)) is not None:
        band = GrowthBand.of(growth)
        yield _Term(TermKind.GROWTH, band, str(band.label))
    yield from (_Term(TermKind.SOURCE, source.slug, source.title) for source in guide.sources)


def _headline(guide: Guide) -> SalaryBand | None:
    return next((band for band in guide.pay if band.basis == "headline"), None)


def _yearly(band: SalaryBand | None) -> Decimal | None:
    """What can stand beside the pay of other roles: nothing is converted."""
    if band is None or (band.period, band.currency) != ("year", HOME_CURRENCY):
        return None
    return band.mean if band.median is None else band.median


def _named(terms: Iterable[_Term], *kinds: TermKind) -> str:
    return " ".join(term.name for term in terms if term.kind in kinds)


def _facts(guide: Guide, kind: str) -> Iterator[KeyFact]:
    return (fact for fact in guide.facts if fact.kind == kind)


def _education(guide: Guide) -> str:
    return next((fact.education for fact in _facts(guide, "education") if fact.education), "")


def _growth(guide: Guide) -> Decimal | None:
    shares = (fact.value for fact in _facts(guide, "growth") if fact.value and fact.value.unit == "share")
    return next((share.high if share.low is None else share.low for share in shares), None)


def _text(edition: Edition) -> Iterator[str]:
    """What a search looks through: the guide's sentences, as they read, in their order."""
    guide = edition.guide
    yield guide.summary
    for part in ("sections", "responsibilities", "steps", "routes", "levels", "considerations", "faqs", "toolkit"):
        for place, row in enumerate(getattr(guide, part)):
            yield getattr(row, "question", "") or getattr(row, "heading", "") or getattr(row, "title", "")
            for name in ("body", "detail", "summary", "focus", "answer"):
                yield unescape(strip_tags(edition.html.get(f"{part}.{place}.{name}", "")))
