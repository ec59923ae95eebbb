"""A résumé outline with the duties of the role and the skills that a visitor has confirmed."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from guides.choices import EducationLevel, SkillKind
from guides.rendering import figures
from guides.schema import RoleSkill

from .document import Block, Document, Heading, Item, Items, Material, Paragraph, Strengths

MAX_SKILLS = 3
KINDS = (SkillKind.TECHNICAL, SkillKind.TOOL, SkillKind.SOFT)


def write(material: Material) -> Document:
    guide = material.guide
    about = _("Replace the brackets with your own details. Delete anything that doesn’t apply.")
    return Document(_("Résumé outline: %s") % guide.title, about, tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    guide, strengths = material.guide, material.strengths
    yield Heading(_("Contact"))
    yield Paragraph(_("[Name] · [City, state] · [Phone] · [Email]"))
    yield Heading(_("Summary"))
    summary = _("[Current job title] with %(experience)s. Strengths: %(skills)s. [A result.]")
    yield Paragraph(summary % {"experience": _experience(strengths), "skills": _strongest(material)})
    yield Heading(_("Skills"))
    yield _skills(material)
    yield Heading(_("Experience"))
    yield Paragraph(_("[Job title], [employer], [from – to]"))
    yield Paragraph(
        _("[For each job, choose the duties below that you have done. Say how much, how often, and what came of it.]")
    )
    yield Items(
        tuple(Item(duty.title, _("[what you did, how often, what came of it]")) for duty in guide.responsibilities)
    )
    if certificates := _certificates(material):
        yield Heading(_("Certificates"))
        yield certificates
    yield Heading(_("Education"))
    yield Paragraph(_("%s, [school], [year]") % _education(strengths))
    if advice := material.advice("resume"):
        yield Heading(_("Before you send it"))
        yield from advice


def _experience(strengths: Strengths) -> str:
    if strengths.experience:
        return strengths.experience
    years = figures.in_years(Decimal(strengths.years)) if strengths.years else _("[number] years")
    return _("%s in [field]") % years


def _education(strengths: Strengths) -> str:
    is_known = strengths.education not in {"", EducationLevel.NONE}
    return str(EducationLevel(strengths.education).label) if is_known else _("[Degree, diploma, or course]")


def _strongest(material: Material) -> str:
    """Return the confirmed skills that matter most, or examples in brackets."""
    skills = [skill.name for skill in material.strengths.have if skill.kind != "certificate"][:MAX_SKILLS]
    if skills:
        return ", ".join(skills)
    examples = material.examples(*KINDS)[:MAX_SKILLS]
    return _("[your three best skills, such as %s]") % "; ".join(examples) if examples else _("[your best skills]")


def _skills(material: Material) -> Block:
    """List the confirmed skills by kind, each with its usual abbreviation, or examples in brackets."""
    have = material.strengths.have
    if have:
        rows = [Item(str(kind.label), ", ".join(map(_with_abbreviation, _of_kind(have, kind)))) for kind in KINDS]
    else:
        examples = ((kind, "; ".join(material.examples(kind))) for kind in KINDS)
        rows = [Item(str(kind.label), _("[such as %s]") % text if text else "") for kind, text in examples]
    filled = tuple(row for row in rows if row.text)
    return Items(filled) if filled else Paragraph(_("[The skills of the posting that you have.]"))


def _certificates(material: Material) -> Block | None:
    if material.strengths.have:
        held = _of_kind(material.strengths.have, SkillKind.CERTIFICATE)
        rows = tuple(Item(_with_abbreviation(skill), _("[who issued it, when]")) for skill in held)
        return Items(rows) if rows else None
    examples = "; ".join(material.examples(SkillKind.CERTIFICATE))
    return (
        Paragraph(_("[A certificate that you hold, such as %s], [who issued it, when]") % examples)
        if examples
        else None
    )


def _of_kind(skills: tuple[RoleSkill, ...], kind: SkillKind) -> tuple[RoleSkill, ...]:
    return tuple(skill for skill in skills if skill.kind == kind)


def _with_abbreviation(skill: RoleSkill) -> str:
    """Return a skill's name and its first abbreviation, such as 'Electronic health record systems (EHR)'."""
    short = next((alias for alias in skill.aliases if alias.isupper()), "")
    return f"{skill.name} ({short})" if short and short not in skill.name else skill.name
