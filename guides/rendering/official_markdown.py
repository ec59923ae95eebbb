"""Official figures of a guide in its Markdown export."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from guides.choices import FactKind
from guides.schema import Guide

from . import figures
from .citations import Cite
from .official import OccupationView, Official, quoted_facts, unmatched_pay, unmatched_sentence
from .plain_markdown import one_line, plain


def facts(official: Official, cite: Cite) -> Iterator[str]:
    """Yield list items for the key facts: the pay headline, growth, and openings."""
    if not official.occupations:
        return
    if headline := official.headline:
        text = ", ".join(filter(None, (figures.labeled_headline(headline), figures.headline_more(headline))))
        yield f"- **{_('Pay')}:** {plain(text)}{cite(headline.source)}"
    if outlook := official.outlook:
        if official.growth:
            of_all = _("all jobs: %s") % official.growth_of_all if official.growth_of_all else ""
            text = ", ".join(filter(None, (official.growth, of_all)))
            yield f"- **{_('Growth %s') % outlook.period}:** {plain(text)}{cite(outlook.source)}"
        if official.openings:
            text = "; ".join(
                f"{openings} ({title})" if len(official.openings) > 1 else openings
                for openings, title in official.openings
            )
            yield f"- **{_('Openings')}:** {plain(text)}{cite(outlook.source)}"


def quotes(official: Official, cite: Cite) -> Iterator[str]:
    """Yield the secondary lines of figures that others quote."""
    for line in official.quotes:
        texts = "; ".join(
            plain(": ".join(filter(None, (figures.covered(quote.source), ", ".join(quote.texts))))) + cite(quote.source)
            for quote in line.quotes
        )
        start = _("Quoted by %s") % plain(line.publisher)
        yield ", ".join(filter(None, (start, texts, "" if line.is_identified else _("occupation not identified"))))


def pay(official: Official, cite: Cite) -> Iterator[str]:
    """Yield a table of percentiles for each occupation."""
    for each in official.occupations:
        yield f"### {plain(each.name)}"
        yield one_line(each.covers)
        if each.pay and each.source:
            areas = tuple(f"{area} ({each.pay.units})" for area in each.pay.areas)
            rows = [(row.label, *(" · ".join(filter(None, cell)) for cell in row.cells)) for row in each.pay.rows]
            yield _table((plain(_("Of these jobs")), *map(plain, areas)), rows)
            yield "\n".join(each.pay.notes)
            yield f"{figures.cited(each.source)}{cite(each.source)}. {_jobs(each)}".strip()
        else:
            yield _("The current release of the survey has no pay for this occupation.")


def quoted_pay(guide: Guide) -> Iterator[str]:
    """Yield a sentence about headline bands that could not be matched to an occupation, if there are any."""
    if names := unmatched_pay(guide):
        yield f"### {_('Other figures')}"
        yield plain(unmatched_sentence(names))


def _jobs(each: OccupationView) -> str:
    return _("%s jobs in the United States.") % each.jobs if each.jobs else ""


def outlook(official: Official, guide: Guide, cite: Cite) -> Iterator[str]:
    """Yield the table of projections, and the guide's own figures that could not be matched to an occupation."""
    if shown := official.outlook:
        caption = _("Employment projections %s") % shown.period
        yield f"### {plain(caption)}{cite(shown.source)}"
        yield _table(("", *map(plain, shown.titles)), [(row.label, *row.cells) for row in shown.rows])
    if quoted := quoted_facts(guide):
        yield f"### {_('Figures quoted by others')}"
        yield _("These figures could not be matched to an occupation.")
        yield "\n".join(
            f"- **{FactKind(fact.kind).label}:** "
            f"{'; '.join(filter(None, (figures.measure(fact.value) if fact.value else '', one_line(fact.text))))}"
            f"{cite(fact.source)}"
            for fact in quoted
        )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *(tuple(map(plain, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
