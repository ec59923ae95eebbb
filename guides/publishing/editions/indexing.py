"""Index editions: derive the listing, terms and full text for search, filters, sorting and comparison."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import unescape
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from guides import schema, words
from guides.choices import EducationLevel, Setting
from guides.models import Edition, Listing, Role, Term, TermKind, Word, Wording, fulltext
from guides.models.edition import EditionQuerySet
from guides.models.search_index import WHOLE
from guides.part_types import PART_TYPES
from guides.progress import Progress, silent
from guides.schema import Guide
from guides.schema.types import FrozenModel
from guides.statistics.headline import PayHeadline
from guides.summary import GuideSummary, PayFacts, summarize

VERSION = 8
"""The version of the index. Listings of another version are rebuilt."""

BATCH_SIZE = 200
TEXT_PARTS = tuple(part.name for part in PART_TYPES if part.is_searchable)


class _Term(NamedTuple):
    kind: TermKind
    slug: str
    name: str
    group: str = ""
    about: str = ""
    share: int = 0
    broader: str = ""


@transaction.atomic
def index(*, edition: Edition) -> Listing:
    """Create or replace the listing of an edition."""
    Role.objects.select_for_update().get(pk=edition.role_id)  # wait for concurrent publishing or withdrawal
    guide, summary = edition.guide, summarize(edition.guide)
    terms = tuple({term[:3]: term for term in _terms(guide, summary)}.values())
    Term.objects.filter(edition=edition).delete()
    Term.objects.bulk_create(Term(edition=edition, key=_key(term), **term._asdict()) for term in terms)
    text = "\n".join(_text(edition, terms))[: fulltext.MAX_BYTES]
    listing, _made = Listing.objects.update_or_create(
        edition=edition,
        defaults={
            "version": VERSION,
            "sort_title": words.key(guide.title),
            "field_name": guide.field.name if guide.field else "",
            "education": summary.education,
            "growth": summary.growth,
            "pay": _own_amount(summary.pay),
            "band": _plain(summary.pay.band),
            "source": _plain(summary.pay.source),
            "occupations": summary.pay.occupations,
            "pay_is_representative": summary.pay.is_representative,
            "skills": summary.skills,
            "requirements": summary.requirements,
            "moves": summary.moves,
            "alternatives": summary.alternatives,
            "text": text,
            "digest": schema.digest(schema.dump(guide)),
        },
    )
    names, skills = _named(terms, TermKind.ALTERNATIVE), _named(terms, TermKind.SKILL, TermKind.ALIAS, TermKind.FIELD)
    fulltext.store(
        edition.pk,
        {
            "title": _stems(guide.title),
            "names": _stems(names),
            "skills": _stems(skills),
            "body": _stems(text),
        },
    )
    wordings = _store_wordings(guide)
    spelled = sorted(set(words.words(f"{guide.title} {names} {skills} {_named(terms, TermKind.LEVEL)} {wordings}")))
    Word.objects.bulk_create((Word(word=word) for word in spelled), ignore_conflicts=True)
    return listing


def _own_amount(facts: PayFacts) -> Decimal | None:
    return PayHeadline(facts.band, facts.source).sort_amount if facts.band and facts.source else None


def _plain(part: FrozenModel | None) -> dict[str, Any] | None:
    return part.model_dump(mode="json", exclude_defaults=True) if part else None


def _store_wordings(guide: Guide) -> str:
    """Replace the stored wordings of the guide's skills, and return them as a text."""
    wordings = dict.fromkeys((skill.slug, wording) for skill in guide.skills for wording in skill.wordings)
    rows = Wording.objects.filter(slug__in=[skill.slug for skill in guide.skills])
    stored = {(slug, name): pk for pk, slug, name in rows.values_list("pk", "slug", "name")}
    if removed := [pk for key, pk in stored.items() if key not in wordings]:
        Wording.objects.filter(pk__in=removed).delete()
    added = sorted(wordings.keys() - stored.keys())
    Wording.objects.bulk_create(
        (Wording(slug=slug, name=name, key=words.stem_key(name)) for slug, name in added), ignore_conflicts=True
    )
    return " ".join(wording for _slug, wording in wordings)


def index_missing(*, progress: Progress = silent) -> int:
    """Index editions without a listing of this version. Return their number."""
    # The latest comes last, because a skill has the wordings of the latest guide.
    missing = Edition.objects.exclude(Q(listing__version=VERSION)).order_by("published_at", "pk")
    total = missing.count()
    for edition in progress(_in_batches(missing), what=_("indexing"), total=total):
        index(edition=edition)
    return total


def _in_batches(missing: EditionQuerySet) -> Iterator[Edition]:
    while editions := missing.all()[:BATCH_SIZE]:
        yield from editions


def _terms(guide: Guide, summary: GuideSummary) -> Iterator[_Term]:
    yield _Term(TermKind.TITLE, guide.slug, guide.title)
    yield from (_Term(TermKind.ALTERNATIVE, guide.slug, name) for name in guide.alternative_titles)
    yield from (_Term(TermKind.LEVEL, guide.slug, level.title) for level in guide.levels)
    shares = summary.shares
    for skill in guide.skills:
        share, broader = round(WHOLE * shares[skill.slug]), skill.broader.slug if skill.broader else ""
        yield _Term(TermKind.SKILL, skill.slug, skill.name, skill.kind, skill.summary, share, broader)
        yield from (_Term(TermKind.ALIAS, skill.slug, alias) for alias in skill.aliases)
    if guide.field:
        yield _Term(TermKind.FIELD, guide.field.slug, guide.field.name, about=guide.field.summary)
    if summary.education:
        yield _Term(TermKind.EDUCATION, summary.education, str(EducationLevel(summary.education).label))
    for setting in dict.fromkeys(setting for fact in guide.facts for setting in fact.settings):
        yield _Term(TermKind.SETTING, setting, str(Setting(setting).label))
    yield from (_Term(TermKind.SOURCE, source.slug, source.title) for source in guide.sources)


def _stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words, then those of each two neighboring words as one."""
    compounds = dict.fromkeys(map("".join, words.compounds(text)))
    return (*words.stems(text), *dict.fromkeys(map(words.stem_compound, compounds)))


def _key(term: _Term) -> str:
    """Return the key of a term: stems of a skill ('lamps' is 'lamp'), letters of a title ('co-chair' is 'cochair')."""
    is_skill = term.kind in {TermKind.SKILL, TermKind.ALIAS}
    return " ".join(words.stems(term.name)) if is_skill else words.compact_key(term.name)


def _named(terms: Iterable[_Term], *kinds: TermKind) -> str:
    return ", ".join(term.name for term in terms if term.kind in kinds)


def _text(edition: Edition, terms: Iterable[_Term]) -> Iterator[str]:
    """Yield the searchable sentences of a guide, without markup, in order."""
    guide = edition.guide
    yield guide.summary
    yield from (term.name for term in terms if term.kind in (TermKind.EDUCATION, TermKind.SETTING, TermKind.LEVEL))
    yield from (unescape(strip_tags(edition.html.get(f"facts.{place}.text", ""))) for place in range(len(guide.facts)))
    for part in TEXT_PARTS:
        for place, row in enumerate(getattr(guide, part)):
            yield getattr(row, "question", "") or getattr(row, "heading", "") or getattr(row, "title", "")
            for name in ("body", "detail", "purpose", "summary", "focus", "answer", "note"):
                yield unescape(strip_tags(edition.html.get(f"{part}.{place}.{name}", "")))
