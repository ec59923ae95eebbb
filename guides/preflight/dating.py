"""The maximum age of figures, for the preflight and for the list of stale roles."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guides.rendering import figures
from guides.schema import FIGURES, CareerLevel, EducationRoute, Guide, KeyFact, SalaryBand

from .finding import Finding, Rule, Surroundings, error, warning

type Figure = KeyFact | EducationRoute | CareerLevel | SalaryBand


class Aging(TextChoices):
    """Kinds of figures by how fast they age."""

    PAY = "pay", gettext_lazy("Pay")
    OUTLOOK = "outlook", gettext_lazy("Outlook")
    FEE = "fee", gettext_lazy("Fees of certificates")
    OTHER = "other", gettext_lazy("Other figures")


YEARS_GOOD: Mapping[Aging, int] = {
    Aging.PAY: 2,  # surveys of pay come every year, and pay of three years ago is off by a tenth
    Aging.OUTLOOK: 0,  # a projection says nothing of the time after its end
    Aging.FEE: 1,  # issuers change their fees once a year
    Aging.OTHER: 4,  # costs, lengths of training and what employers ask for change slowly
}
"""Years for which a figure is valid after the period of its source, or after the access to a page with fees."""

OUTLOOK_FACTS = ("growth", "openings")
"""Key facts that are projections."""


def too_old_before(aging: Aging, today: date) -> date:
    """Return the day before which the period of a source is too old: use it with `source__covers_to__lt`."""
    year = max(1, today.year - YEARS_GOOD[aging])
    return today.replace(year=year, day=28 if (today.month, today.day) == (2, 29) else today.day)


def aging_of(figure: Figure) -> Aging:
    if isinstance(figure, SalaryBand):
        return Aging.PAY
    return Aging.OUTLOOK if isinstance(figure, KeyFact) and figure.kind in OUTLOOK_FACTS else Aging.OTHER


def find(guide: Guide, surroundings: Surroundings) -> Iterator[Finding]:
    first: dict[tuple[str, Aging], str] = {}  # the first figure of each kind that cites a source
    for part in FIGURES:
        for index, figure in enumerate(getattr(guide, part)):
            if figure.source:
                first.setdefault((figure.source, aging_of(figure)), f"{part}.{index}")
    for index, skill in enumerate(guide.skills):
        if skill.certificate and skill.certificate.fee:
            first.setdefault((skill.certificate.source, Aging.FEE), f"skills.{index}.certificate")
    for index, source in enumerate(guide.sources):
        cited = [aging for aging in Aging if (source.slug, aging) in first]
        dated = {Aging.PAY, Aging.OUTLOOK, Aging.OTHER} & set(cited)
        if dated and source.covers_to is None:
            # Pay and growth without a period mislead readers.
            finding_of = error if {Aging.PAY, Aging.OUTLOOK} & dated else warning
            message = _("The source ‘%s’ has no period. Enter the first and the last day that it covers.")
            yield finding_of(Rule.FIGURE_WITHOUT_PERIOD, f"sources.{index}", message % source.title, source.slug)
        for aging in cited:
            last = source.covers_to or (source.seen_on if aging == Aging.FEE else None)
            if last and last < too_old_before(aging, surroundings.today):
                message, place = _too_old(aging, figures.cited(source)), first[source.slug, aging]
                yield warning(Rule.FIGURE_TOO_OLD, place, message, source.slug, aging, last)


def _too_old(aging: Aging, cited: str) -> str:
    if aging == Aging.OUTLOOK:
        return _("The projection (%s) has ended. Look for its successor.") % cited
    if aging == Aging.FEE:
        return _("A fee (%s) was looked up more than a year ago. Check it, and update its source.") % cited
    years = YEARS_GOOD[aging]
    message = ngettext(
        "%(aging)s (%(cited)s): the period ended more than %(years)d year ago. Look for newer figures.",
        "%(aging)s (%(cited)s): the period ended more than %(years)d years ago. Look for newer figures.",
        years,
    )
    return message % {"aging": aging.label, "cited": cited, "years": years}
