"""Rules about official statistics: codes of occupations, and figures from an older release."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from guides.models import Release
from guides.rendering import figures
from guides.schema import FIGURES, Guide
from guides.statistics.current import CurrentFigures

from .finding import Finding, Rule, Surroundings, warning


class DatedSource(Protocol):
    """A source of a guide or of a release."""

    @property
    def slug(self) -> str: ...

    @property
    def publisher(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def covers_to(self) -> date | None: ...


def find(guide: Guide, surroundings: Surroundings) -> Iterator[Finding]:
    official = surroundings.official
    yield from _without_codes(guide)
    yield from _unknown_codes(guide, official)
    yield from _older_releases(guide, official)


def _without_codes(guide: Guide) -> Iterator[Finding]:
    if guide.occupations:
        return
    message = _(
        "The guide has no official occupation, so it has no pay by place and no projected growth. Add the SOC code of "
        "the closest occupation."
    )
    yield warning(Rule.MISSING_PART, "occupations", message, "occupations")
    if not guide.pay_is_representative:
        message = _(
            "The official pay is marked as not representative, but the guide has no occupation. Add one, or check the "
            "box."
        )
        yield warning(Rule.MISSING_PART, "pay_is_representative", message, "pay-is-representative")


def _unknown_codes(guide: Guide, official: CurrentFigures) -> Iterator[Finding]:
    current = official.wage_release
    for index, occupation in enumerate(guide.occupations if current else ()):
        code = occupation.code
        if code in official.wages:
            continue
        names = {"code": code, "release": official.withdrawn.get(code, current)}
        if code in official.withdrawn:
            message = _(
                "Occupation %(code)s was last in %(release)s. A newer classification withdrew it, so the guide has no "
                "official pay. Replace it with its successor."
            )
        elif code in official.outlooks:
            message = _("Occupation %(code)s has no national pay in %(release)s. Choose a close one that has.")
        else:
            message = _("Occupation %(code)s is not in %(release)s. Check the code.")
        yield warning(Rule.UNKNOWN_OCCUPATION, f"occupations.{index}.code", message % names, *names.values())


def newer_release(source: DatedSource, releases: Iterable[Release]) -> Release | None:
    """Return the current release of the official table that a source is, if the source covers an earlier period."""
    for release in releases:
        is_table = _names(source) == _names(release.source) and source.slug != release.source.slug
        if is_table and source.covers_to is not None and source.covers_to < release.covers_to:
            return release
    return None


def _names(source: DatedSource) -> tuple[str, str]:
    return source.publisher.casefold(), source.title.casefold()


def _older_releases(guide: Guide, official: CurrentFigures) -> Iterator[Finding]:
    """Yield a finding per source that is an older release of an official table, at its first figure."""
    for order, source in enumerate(guide.sources):
        if release := newer_release(source, official.releases.values()):
            places = (
                f"{part}.{index}"
                for part in FIGURES
                for index, figure in enumerate(getattr(guide, part))
                if figure.source == source.slug
            )
            place = next(places, f"sources.{order}")  # certificates cite sources, too
            names = {"title": source.title, "source": figures.cited(source), "period": release.period}
            message = _(
                "%(title)s (%(source)s) has a newer release: %(period)s. Use ‘Update figures’ to replace the figures."
            )
            yield warning(Rule.OLDER_RELEASE, place, message % names, source.slug, source.covers_to, release.key)
