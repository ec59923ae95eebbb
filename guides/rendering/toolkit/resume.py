"""A résumé outline with the duties of the role and the skills that a visitor has confirmed."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from guides.choices import EducationLevel, SkillKind
from guides.rendering import figures
from guides.schema import RoleSkill

from .document import Block, Document, Heading, Item, Items, Material, Paragraph, Strengths, contact

MAX_SKILLS = 3
KINDS = (SkillKind.TECHNICAL, SkillKind.TOOL, SkillKind.SOFT)


def write(material: Material) -> Document:
    return Document(
        _("Résumé outline: %s") % material.guide.title,
        _("Replace the brackets with your own details. Delete anything that doesn’t apply."),
        tuple(_blocks(material)),
        advice=material.advice("resume"),
        is_sheet=True,
    )


def _blocks(material: Material) -> Iterator[Block]:
    strengths = material.strengths
    yield Heading(_("[Your name]"))
    yield Paragraph(contact())
    yield Heading(_("Summary"), 2)
    summary = _("[Current job title] with %(experience)s. Strengths: %(skills)s. [One result, with a number.]")
    yield Paragraph(summary % {"experience": _experience(strengths), "skills": _strongest(material)})
    yield Heading(_("Experience"), 2)
    yield from _jobs(material)
    yield Heading(_("Education"), 2)
    yield Paragraph(_("%s, [school], [year]") % _education(strengths))
    if certificates := _certificates(material):
        yield Heading(_("Certificates"), 2)
        yield certificates
    yield Heading(_("Skills"), 2)
    yield _skills(material)


def _jobs(material: Material) -> Iterator[Block]:
    """Yield two jobs. The current one has a blank for each duty of the role, because any of them may fit."""
    yield Heading(_("[Current job title]"), 3, _("[Month year] – present"))
    yield Paragraph(_("[Employer], [city, state]"))
    blank = _("[%s: what you did, how many or how often, and the result]")
    duties = [blank % duty.title for duty in material.guide.responsibilities]
    yield Items(tuple(map(Item, duties or [_("[What you did, how many or how often, and the result]")])))
    yield Heading(_("[Earlier job title]"), 3, _("[Month year] – [month year]"))
    yield Paragraph(_("[Employer], [city, state]"))
    yield Items((Item(_("[A task like those above, in any industry, with a number]")),))


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
