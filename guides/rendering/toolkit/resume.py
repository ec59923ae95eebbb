"""A résumé outline with the duties and skills of the role."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from guides.choices import SkillKind
from guides.schema import RoleSkill
from guides.skill_groups import by_importance

from .document import Block, Document, Heading, Item, Items, Material, Paragraph

MAX_SKILLS = 3


def write(material: Material) -> Document:
    guide = material.guide
    about = _("An outline to fill in: your own words go where there are brackets. Leave out what is not true of you.")
    return Document(_("Résumé outline: %s") % guide.title, about, tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    guide, strengths = material.guide, material.strengths
    skills = by_importance(guide.skills) if strengths is None else strengths.have
    yield Heading(_("Your name and how to reach you"))
    yield Paragraph(_("[Name] · [City, state] · [Phone] · [Email]"))
    yield Heading(_("Summary"))
    strongest = ", ".join([skill.name for skill in skills if skill.kind != "certificate"][:MAX_SKILLS])
    years = _("[number]") if strengths is None or strengths.years is None else str(strengths.years)
    summary = _("[Your present title] with %(years)s years in [setting or trade]. Strengths: %(skills)s. [A result.]")
    yield Paragraph(summary % {"years": years, "skills": strongest or _("[your three best skills]")})
    yield Heading(_("Skills"))
    yield _skills(skills)
    yield Heading(_("Experience"))
    yield Paragraph(_("[Job title], [employer], [from – to]"))
    yield Paragraph(
        _("[For each job, choose the duties below that you have done. Say how much, how often, and with what result.]")
    )
    yield Items(
        tuple(Item(duty.title, _("[what you did, how often, what came of it]")) for duty in guide.responsibilities)
    )
    if certificates := tuple(skill for skill in skills if skill.kind == "certificate"):
        yield Heading(_("Certificates"))
        yield Items(tuple(Item(_with_abbreviation(skill), _("[who issued it, when]")) for skill in certificates))
    yield Heading(_("Education"))
    yield Paragraph(_("[Degree, diploma, or course], [school], [year]"))
    if advice := material.advice("resume"):
        yield Heading(_("Before you send it"))
        yield from advice


def _skills(skills: tuple[RoleSkill, ...]) -> Block:
    """List the skills by kind, each with its usual abbreviation."""
    kinds = (SkillKind.TECHNICAL, SkillKind.TOOL, SkillKind.SOFT)
    rows = [Item(str(kind.label), ", ".join(_with_abbreviation(s) for s in skills if s.kind == kind)) for kind in kinds]
    filled = tuple(row for row in rows if row.text)
    return Items(filled) if filled else Paragraph(_("[The skills of the posting that you have.]"))


def _with_abbreviation(skill: RoleSkill) -> str:
    """Return a skill's name and its first abbreviation, such as 'Electronic health record systems (EHR)'."""
    short = next((alias for alias in skill.aliases if alias.isupper()), "")
    return f"{skill.name} ({short})" if short and short not in skill.name else skill.name
