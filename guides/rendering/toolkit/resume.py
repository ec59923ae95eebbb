"""The outline of a résumé, with the words that the duties and skills of the role call for."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from guides.choices import SkillKind
from guides.schema import RoleSkill
from guides.summary import by_importance

from .paper import Block, Heading, Item, Items, Material, Paper, Paragraph

MOST_NAMED = 3


def write(material: Material) -> Paper:
    guide = material.guide
    about = _("An outline to fill in: your own words go where there are brackets. Leave out what is not true of you.")
    return Paper(_("Résumé outline: %s") % guide.title, about, tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    guide, strengths = material.guide, material.strengths
    told = by_importance(guide.skills) if strengths is None else strengths.have
    yield Heading(_("Your name and how to reach you"))
    yield Paragraph(_("[Name] · [City, state] · [Phone] · [Email]"))
    yield Heading(_("Summary"))
    strong = ", ".join([skill.name for skill in told if skill.kind != "certificate"][:MOST_NAMED])
    years = _("[number]") if strengths is None or strengths.years is None else str(strengths.years)
    summary = _("[Your present title] with %(years)s years in [setting or trade]. Strengths: %(skills)s. [A result.]")
    yield Paragraph(summary % {"years": years, "skills": strong or _("[your three best skills]")})
    yield Heading(_("Skills"))
    yield _skills(told)
    yield Heading(_("Experience"))
    yield Paragraph(_("[Job title], [employer], [from – to]"))
    yield Paragraph(
        _("[For each job, choose the duties below that you have done. Say how much, how often, and with what result.]")
    )
    yield Items(
        tuple(Item(duty.title, _("[what you did, how often, what came of it]")) for duty in guide.responsibilities)
    )
    if certificates := tuple(skill for skill in told if skill.kind == "certificate"):
        yield Heading(_("Certificates"))
        yield Items(tuple(Item(_with_aliases(skill), _("[who issued it, when]")) for skill in certificates))
    yield Heading(_("Education"))
    yield Paragraph(_("[Degree, diploma, or course], [school], [year]"))
    if advice := material.advice("resume"):
        yield Heading(_("Before you send it"))
        yield from advice


def _skills(skills: tuple[RoleSkill, ...]) -> Block:
    """Under their kinds, each by its name and what postings abbreviate it to."""
    kinds = (SkillKind.TECHNICAL, SkillKind.TOOL, SkillKind.SOFT)
    rows = [Item(str(kind.label), ", ".join(_with_aliases(s) for s in skills if s.kind == kind)) for kind in kinds]
    filled = tuple(row for row in rows if row.text)
    return Items(filled) if filled else Paragraph(_("[The skills of the posting that you have.]"))


def _with_aliases(skill: RoleSkill) -> str:
    """'Electronic health record systems (EHR)': with the first of its other names that is an abbreviation."""
    short = next((alias for alias in skill.aliases if alias.isupper()), "")
    return f"{skill.name} ({short})" if short and short not in skill.name else skill.name
