"""A job description template for employers."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from guides.rendering import figures, requirement_words
from guides.rendering.requirement_words import either
from guides.schema import Guide, RoleSkill
from guides.skill_groups import SkillGroup
from guides.summary import SummaryRequirement, summarize

from .document import Block, Document, Heading, Item, Items, Material, Paragraph


def write(material: Material) -> Document:
    about = _("For employers: edit this template to fit your opening. Replace the text in brackets.")
    return Document(_("Job description: %s") % material.guide.title, about, tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    guide = material.guide
    yield from material.advice("job-description")
    yield Heading(_("The job"))
    yield Paragraph(_("[Employer] is hiring a %s. [A sentence about the team and whom it serves.]") % guide.title)
    yield Paragraph(_("[Place]. [Full or part time], [hours], [on site, hybrid, or from home]."))
    if guide.responsibilities:
        yield Heading(_("What you will do"))
        yield Items(
            tuple(
                Item(duty.title, prose=material.prose(f"responsibilities.{index}.detail", duty.detail, inline=True))
                for index, duty in enumerate(guide.responsibilities)
            )
        )
    for heading, skills in (
        (_("Requirements"), tuple(group for group in material.groups if group.skills[0].importance == "essential")),
        (_("Nice to have"), tuple(group for group in material.groups if group.skills[0].importance != "essential")),
    ):
        if skills:
            yield Heading(heading)
            yield Items(tuple(_skill(material, group) for group in skills))
    if ways := tuple(filter(None, map(_requirements, summarize(guide).requirements))):
        yield Heading(_("Education and experience"))
        yield Items((*map(Item, ways), Item(_("[What you accept instead]"))))
    yield Heading(_("What we offer"))
    yield Paragraph(_("[Pay range] [per hour or year]. [Benefits, time off, training]."))
    yield from _pay(material)
    if above := _above(guide):
        yield Paragraph(_("Where it can lead: %s.") % ", ".join(above))
    yield Heading(_("How to apply"))
    yield Paragraph(_("To apply, send [documents] to [contact] by [date]."))


def _above(guide: Guide) -> tuple[str, ...]:
    """Return the titles of the levels above the guide's own, or above the first if no level has its title."""
    titles = tuple(level.title for level in guide.levels)
    return titles[titles.index(guide.title) + 1 :] if guide.title in titles else titles[1:]


def _requirements(way: SummaryRequirement) -> str:
    text = requirement_words.joined(requirement_words.phrases(way).values())
    return text[:1].upper() + text[1:]


def _skill(material: Material, group: SkillGroup[RoleSkill]) -> Item:
    """Return a skill with its purpose, or alternatives in a line. The purpose of a certificate is for applicants."""
    if len(group.skills) > 1:
        return Item(group.label, either(skill.name for skill in group.skills))
    [skill] = group.skills
    if skill.kind == "certificate":
        return Item(skill.name)
    index = material.guide.skills.index(skill)
    return Item(skill.name, prose=material.prose(f"skills.{index}.purpose", skill.purpose, inline=True))


def _pay(material: Material) -> Iterator[Block]:
    """Yield the pay headline, so an employer can compare the offer."""
    if headline := material.headline:
        amounts = ", ".join(filter(None, (figures.labeled_headline(headline), figures.headline_more(headline))))
        yield Paragraph(_("For comparison only; delete before you post:"))
        yield Items((Item(material.guide.title, f"{amounts}. {figures.cited(headline.source)}."),))
