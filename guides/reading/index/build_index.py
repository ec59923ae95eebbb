"""Builds the index of live guides from their listings and terms."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import batched

from django.db.models import F, FloatField, StringAgg, TextField, Value
from django.db.models.functions import Cast

from guides.choices import GrowthBand
from guides.models.edition import Edition
from guides.models.search_index import Listing, Term, TermKind
from guides.statistics.official import OfficialFigures, RoleStatistics
from guides.summary import ListedOccupation, Move, SummaryRequirement

from .live_index import FACETS, Entry, Label, LiveIndex, age_order, mask_of

SHARE_BITS = 20  # a share is at most a million
BATCH = 500


def build_index(*, at: datetime, national: OfficialFigures) -> LiveIndex:
    """Read the index as of a moment."""
    guides = tuple(sorted(_entries(at=at, national=national), key=lambda guide: (guide.title, guide.edition)))
    position = {guide.edition: place for place, guide in enumerate(guides)}
    ages = [0] * len(guides)
    for age, place in enumerate(age_order(guides)):
        ages[place] = age
    terms: dict[TermKind, dict[str, int]] = {kind: {} for kind in FACETS}
    latest: dict[TermKind, dict[str, int]] = {kind: {} for kind in FACETS}
    shares = {}
    for kind, slug, share in _postings(position, at=at):
        terms[kind][slug] = mask_of(share, len(guides))
        latest[kind][slug] = guides[max(share, key=ages.__getitem__)].edition
        if kind == TermKind.SKILL:
            shares[slug] = share
    labels = {kind: dict(sorted(_labels(kind, latest[kind]), key=_name)) for kind in FACETS}
    terms[TermKind.GROWTH] = _growth_terms(guides)
    labels[TermKind.GROWTH] = {band: Label(0, str(band.label), "", ()) for band in GrowthBand}
    by_name = {kind: {slug: terms[kind][slug] for slug in labels[kind] if slug in terms[kind]} for kind in FACETS}
    return LiveIndex(guides, by_name, labels, shares)


def _name(labeled: tuple[str, Label]) -> str:
    return labeled[1].name


def _entries(*, at: datetime, national: OfficialFigures) -> Iterator[Entry]:
    # In two queries, so that indexes answer: rows have long texts.
    addresses = Edition.objects.order_by().live(at=at).values_list("pk", "slug", "live_from")
    own = {pk: (slug, live_from) for pk, slug, live_from in addresses}
    amounts = (Cast(name, FloatField()) for name in ("pay", "growth"))
    rows = Listing.objects.live(at=at).values_list(
        "pk", "sort_title", "occupations", "pay_is_representative", "requirements", "moves", "alternatives", *amounts
    )
    for pk, title, occupations, is_representative, requirements, moves, alternatives, pay, growth in rows:
        if pk in own:
            slug, live_from = own[pk]
            codes = tuple(ListedOccupation(*occupation) for occupation in occupations)
            if codes:
                statistics = national.of_occupations(codes, is_representative=is_representative)
                pay, growth = _sort_pay(statistics), _sort_growth(statistics)
            yield Entry(
                edition=pk,
                slug=slug,
                title=title,
                pay=pay,
                growth=growth,
                live_from=live_from,
                occupations=codes,
                pay_is_representative=is_representative,
                requirements=tuple(SummaryRequirement(*way) for way in requirements),
                moves=tuple(Move(*move) for move in moves),
                alternatives=tuple(map(tuple, alternatives)),
            )


def _sort_pay(statistics: RoleStatistics) -> float | None:
    amount = statistics.headline.sort_amount if statistics.headline else None
    return None if amount is None else float(amount)


def _sort_growth(statistics: RoleStatistics) -> float | None:
    return float(statistics.growth.low / 100) if statistics.growth else None


def _growth_terms(guides: Sequence[Entry]) -> dict[str, int]:
    """Return the mask of each band of growth. It depends on statistics, so editions have no such term."""
    found: dict[str, list[int]] = {}
    for position, guide in enumerate(guides):
        if guide.growth is not None:
            found.setdefault(GrowthBand.of(Decimal(repr(guide.growth))), []).append(position)
    return {band: mask_of(of, len(guides)) for band, of in found.items()}


def _postings(position: Mapping[int, int], *, at: datetime) -> Iterator[tuple[TermKind, str, dict[int, int]]]:
    """Yield each term of live guides with their positions and its shares."""
    # As one row per term, since there are hundreds of thousands of postings.
    posting = Cast(F("edition") * (1 << SHARE_BITS) + F("share"), TextField())
    rows = Term.objects.live(at=at).filter(kind__in=FACETS).values("kind", "slug")
    for kind, slug, joined in rows.annotate(all=StringAgg(posting, Value(","))).values_list("kind", "slug", "all"):
        numbers = ((number >> SHARE_BITS, number) for number in map(int, joined.split(",")))
        share = {position[pk]: number & ((1 << SHARE_BITS) - 1) for pk, number in numbers if pk in position}
        if share:
            yield TermKind(kind), slug, share


def _labels(kind: TermKind, latest: Mapping[str, int]) -> Iterator[tuple[str, Label]]:
    """Yield each term with its label in one edition."""
    kinds = (kind, TermKind.ALIAS) if kind == TermKind.SKILL else (kind,)
    for editions in batched(sorted(set(latest.values())), BATCH):
        rows = Term.objects.filter(kind__in=kinds, edition__in=editions).order_by("pk")
        names: dict[str, tuple[str, str, str]] = {}
        aliases: dict[str, list[str]] = {}
        for of, slug, pk, name, group, broader in rows.values_list(
            "kind", "slug", "edition", "name", "group", "broader"
        ):
            if latest.get(slug) == pk and of == TermKind.ALIAS:
                aliases.setdefault(slug, []).append(name)
            elif latest.get(slug) == pk:
                names[slug] = name, group, broader
        for slug, (name, group, broader) in names.items():
            yield slug, Label(latest[slug], name, group, tuple(aliases.get(slug, ())), broader)
