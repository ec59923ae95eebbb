"""The summary of a guide by which roles are sorted, filtered, compared and linked."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from guides.schema import Guide, KeyFact, SalaryBand, Source

from .pay import headline
from .skill_groups import WEIGHTS, skill_groups


class SummarySkill(NamedTuple):
    slug: str
    name: str
    kind: str
    importance: str = "important"
    broader: str = ""
    one_of: str = ""

    @property
    def weight(self) -> int:
        return WEIGHTS[self.importance]


class SummaryRequirement(NamedTuple):
    """A way to meet the requirements of a role. `certificate_name` is the name of the required certificate."""

    education: str = ""
    years_from: int | None = None
    years_to: int | None = None
    experience: str = ""
    certificate: str = ""
    certificate_name: str = ""


class Move(NamedTuple):
    """A move that a guide names: people come `from` another job, or go on to it `next`.

    `slug` is that of its guide, or of a starting job.
    """

    relation: str
    slug: str
    is_starting_job: bool = False


class ListedOccupation(NamedTuple):
    """An official occupation of a role: its code, and how it relates to the role."""

    code: str
    relation: str


class PayFacts(NamedTuple):
    """What a guide says of its pay: its headline figure with the source, if any, and its official occupations."""

    band: SalaryBand | None
    source: Source | None
    occupations: tuple[ListedOccupation, ...]
    is_representative: bool


class GuideSummary(NamedTuple):
    """The comparable facts of a guide. `growth` is the guide's own figure, a fraction of one.

    `education` is that of the usual way to meet the requirements.
    """

    education: str
    growth: Decimal | None
    pay: PayFacts
    skills: tuple[SummarySkill, ...]
    requirements: tuple[SummaryRequirement, ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def shares(self) -> dict[str, float]:
        """The share of each skill in the score. Alternatives are counted once, and each has the whole share."""
        groups = skill_groups(self.skills)
        total = sum(group.weight for group in groups)
        return {skill.slug: group.weight / total for group in groups for skill in group.skills}

    @property
    def alternatives(self) -> tuple[tuple[str, ...], ...]:
        """Groups of skills of which one is enough."""
        groups = skill_groups(self.skills)
        return tuple(tuple(skill.slug for skill in group.skills) for group in groups if len(group.skills) > 1)


def summarize(guide: Guide) -> GuideSummary:
    """Return the summary of a guide."""
    shares = (fact.value for fact in _facts(guide, "growth") if fact.value and fact.value.unit == "share")
    return GuideSummary(
        education=guide.requirements[0].education if guide.requirements else "",
        growth=next((share.high if share.low is None else share.low for share in shares), None),
        pay=pay_facts(guide),
        skills=tuple(
            SummarySkill(
                slug=skill.slug,
                name=skill.name,
                kind=skill.kind,
                importance=skill.importance,
                broader=skill.broader.slug if skill.broader else "",
                one_of=skill.one_of,
            )
            for skill in guide.skills
        ),
        requirements=summary_requirements(guide),
        moves=tuple(_moves(guide)),
    )


def summary_requirements(guide: Guide) -> tuple[SummaryRequirement, ...]:
    """Return the ways to meet the requirements of a guide, in its order."""
    names = {skill.slug: skill.name for skill in guide.skills}
    return tuple(
        SummaryRequirement(
            education=way.education,
            years_from=way.years_from,
            years_to=way.years_to,
            experience=way.experience,
            certificate=way.certificate,
            certificate_name=names.get(way.certificate, ""),
        )
        for way in guide.requirements
    )


def _moves(guide: Guide) -> Iterator[Move]:
    for role in guide.related:
        if role.relation in {"from", "next"} and (slug := role.slug or role.starting_job):
            yield Move(role.relation, slug, bool(role.starting_job))


def pay_facts(guide: Guide) -> PayFacts:
    """Return what a guide says of its pay."""
    band = headline(guide)
    return PayFacts(
        band=band,
        source=next(source for source in guide.sources if source.slug == band.source) if band else None,
        occupations=tuple(ListedOccupation(each.code, each.relation) for each in guide.occupations),
        is_representative=guide.pay_is_representative,
    )


def _facts(guide: Guide, kind: str) -> Iterator[KeyFact]:
    return (fact for fact in guide.facts if fact.kind == kind)
