"""What official statistics say of a role, as texts for its page and its other formats.

In a guide with official occupations, the official figures are the headline. Its own headline bands and its own facts
about growth and openings are quotes that could not be matched to an occupation, so they follow in a secondary line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides.choices import FactKind
from guides.models.statistics import Area
from guides.models.wages import Wage
from guides.pay import is_own, names_code
from guides.schema import Guide, KeyFact, SalaryBand, Source
from guides.statistics.headline import PayHeadline, main_codes, pay_headline, source_of
from guides.statistics.official import OccupationFigures, RoleStatistics
from guides.statistics.outlook import Outlook

from . import figures
from .percentiles import PercentileView, percentile_view

PROJECTED_FACTS = (FactKind.GROWTH, FactKind.OPENINGS)
"""Facts that official projections replace."""


@dataclass(frozen=True)
class LocalPay:
    """Wages of a role's occupations in an area, by code, and the pay headline there."""

    area: Area
    wages: Mapping[str, Wage]
    headline: PayHeadline | None


def local_pay(guide: Guide, area: Area, wages: Iterable[Wage]) -> LocalPay:
    by_code = {wage.occupation.code: wage for wage in wages}
    headline = pay_headline(guide.occupations, by_code, is_representative=guide.pay_is_representative)
    return LocalPay(area, by_code, headline)


class OccupationView(NamedTuple):
    """The pay of one occupation. `covers` says what else it includes, as Markdown or as the HTML of it."""

    code: str
    title: str
    covers: str
    pay: PercentileView | None
    jobs: str
    source: Source | None

    @property
    def name(self) -> str:
        """The title with the code, such as 'Medical Assistants (31-9092)'."""
        return f"{self.title} ({self.code})" if self.title else _("Occupation %s") % self.code


class OutlookRow(NamedTuple):
    """A row of the table of projections, with a cell per occupation."""

    label: str
    cells: tuple[str, ...]


class OutlookView(NamedTuple):
    """The projections of a role's occupations."""

    period: str
    titles: tuple[str, ...]
    rows: tuple[OutlookRow, ...]
    source: Source


class Quote(NamedTuple):
    """Figures of one source for the secondary line, such as 'growth 16%'."""

    source: Source
    texts: tuple[str, ...]


class QuoteLine(NamedTuple):
    """Quotes of one publisher. They are about an occupation that is not identified, unless they are the role's own."""

    publisher: str
    quotes: tuple[Quote, ...]
    is_identified: bool


class Official(NamedTuple):
    """All official figures of a guide's page. Texts are empty where there is no figure."""

    headline: PayHeadline | None = None
    local: LocalPay | None = None
    growth: str = ""
    growth_of_all: str = ""
    openings: tuple[tuple[str, str], ...] = ()
    occupations: tuple[OccupationView, ...] = ()
    outlook: OutlookView | None = None
    quotes: tuple[QuoteLine, ...] = ()
    has_national_pay: bool = False

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources in the order in which a page cites them."""
        used = (
            self.headline and self.headline.source,
            self.outlook and self.outlook.source,
            *(each.source for each in self.occupations),
        )
        return tuple(dict.fromkeys(source for source in used if source))


def official_figures(guide: Guide, statistics: RoleStatistics, local: LocalPay | None = None) -> Official:
    """Return the official figures of a guide, and those of an area if there are any. Its prose may be HTML."""
    if not guide.occupations:
        return Official(headline=statistics.headline)
    main = main_codes(guide.occupations)
    outlooks = [each.outlook for each in statistics.occupations if each.outlook]
    leading = [outlook for outlook in outlooks if outlook.code in main]
    covers = {each.code: each.covers for each in guide.occupations}
    known = {each.code: each for each in statistics.occupations}
    return Official(
        headline=statistics.headline,
        local=local if local and local.wages else None,
        growth=figures.growth_range(statistics.growth) if statistics.growth else "",
        growth_of_all=_growth_of_all(leading),
        openings=tuple((_a_year(each.openings), each.title) for each in leading if each.openings is not None),
        occupations=tuple(_occupation(code, text, known.get(code), local) for code, text in covers.items()),
        outlook=_outlook(outlooks),
        quotes=tuple(_quotes(guide)),
        has_national_pay=any(each.wage for each in statistics.occupations),
    )


def _occupation(code: str, covers: str, known: OccupationFigures | None, local: LocalPay | None) -> OccupationView:
    wage = known.wage if known else None
    here = local.wages.get(code) if local else None
    named = [(local.area.name, here)] if local and here else []
    named += [(_("United States"), wage)] if wage else []
    shown = wage or here
    return OccupationView(
        code=code,
        title=known.title if known else "",
        covers=covers,
        pay=percentile_view(named) if named else None,
        jobs=figures.number(Decimal(wage.employment)) if wage and wage.employment is not None else "",
        source=source_of(shown.release) if shown else None,
    )


def _outlook(outlooks: list[Outlook]) -> OutlookView | None:
    if not outlooks:
        return None
    release = outlooks[0].release
    first, last = release.covers_from.year, release.covers_to.year
    rows = (
        (_("Growth %s") % release.period, [_growth(each) for each in outlooks]),
        (_("Jobs in %d") % first, [_count(each.employment) for each in outlooks]),
        (_("Jobs in %d, projected") % last, [_count(each.employment_projected) for each in outlooks]),
        (_("Openings"), [_a_year(each.openings) for each in outlooks]),
        (_("Typical education to enter"), [each.education for each in outlooks]),
        (_("Typical experience in a related job"), [each.experience for each in outlooks]),
        (_("Typical training on the job"), [each.training for each in outlooks]),
    )
    return OutlookView(
        period=release.period,
        titles=tuple(f"{each.title} ({each.code})" for each in outlooks),
        rows=tuple(OutlookRow(label, tuple(cell or "–" for cell in cells)) for label, cells in rows if any(cells)),
        source=source_of(release),
    )


def _growth(outlook: Outlook) -> str:
    """Return growth with its difference from that of all occupations in percentage points."""
    if outlook.growth is None:
        return ""
    text = figures.growth(outlook.growth)
    if outlook.difference is None or outlook.growth_of_all is None:
        return text
    values = {"points": figures.number(abs(outlook.difference)), "of_all": figures.growth(outlook.growth_of_all)}
    if not outlook.difference:
        than = _("the same as all occupations")
    elif outlook.difference > 0:
        than = _("%(points)s percentage points more than all occupations (%(of_all)s)") % values
    else:
        than = _("%(points)s percentage points less than all occupations (%(of_all)s)") % values
    return f"{text}, {than}"


def _growth_of_all(outlooks: list[Outlook]) -> str:
    of_all = next((each.growth_of_all for each in outlooks), None)
    return "" if of_all is None else figures.growth(of_all)


def _count(value: int | None) -> str:
    return "" if value is None else figures.number(Decimal(value))


def _a_year(value: int | None) -> str:
    return "" if value is None else _("%s a year") % _count(value)


def first_facts(guide: Guide) -> tuple[KeyFact, ...]:
    """Return the facts for the first screen. Projections replace those about growth and openings."""
    return tuple(fact for fact in guide.facts if not guide.occupations or fact.kind not in PROJECTED_FACTS)


def quoted_facts(guide: Guide) -> tuple[KeyFact, ...]:
    """Return the facts about growth and openings that could not be matched to an occupation."""
    return tuple(fact for fact in guide.facts if guide.occupations and fact.kind in PROJECTED_FACTS)


def quoted_bands(guide: Guide) -> tuple[SalaryBand, ...]:
    """Return the headline bands that could not be matched to an occupation: their labels name no code.

    A guide without official occupations has none.
    """
    bands = guide.pay if guide.occupations else ()
    return tuple(band for band in bands if band.basis == "headline" and not names_code(band))


def unmatched_pay(guide: Guide) -> tuple[str, ...]:
    """Return the names of quoted bands that are not the role's own."""
    return tuple(figures.band_name(band) for band in quoted_bands(guide) if not is_own(band, guide.title))


def unmatched_sentence(names: Sequence[str]) -> str:
    """Return the sentence that goes with bands of these names in the chapter on pay."""
    return ngettext(
        "We quote this figure from its source and couldn’t match it to an occupation: %(names)s.",
        "We quote these figures from their sources and couldn’t match them to an occupation: %(names)s.",
        len(names),
    ) % {"names": "; ".join(names)}


def _quotes(guide: Guide) -> Iterator[QuoteLine]:
    sources = {source.slug: source for source in guide.sources}
    rows = [(is_own(band, guide.title), sources[band.source], figures.pay(band)) for band in quoted_bands(guide)]
    rows += [
        (False, sources[fact.source], f"{str(FactKind(fact.kind).label).lower()} {figures.measure(fact.value)}")
        for fact in quoted_facts(guide)
        if fact.value
    ]
    for key in dict.fromkeys((own, source.publisher) for own, source, _text in rows):
        of_publisher = [(source, text) for own, source, text in rows if (own, source.publisher) == key]
        quotes = (
            Quote(source, tuple(text for other, text in of_publisher if other == source))
            for source in dict.fromkeys(source for source, _text in of_publisher)
        )
        yield QuoteLine(key[1], tuple(quotes), is_identified=key[0])
