"""A job description that an employer can edit and post."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from guides.rendering import figures, requirement_words
from guides.rendering.skill_words import group_example
from guides.schema import Guide
from guides.statistics.headline import PayHeadline
from guides.summary import SummaryRequirement, summarize

from .document import Block, Document, Heading, Item, Items, Material, Paragraph


def write(material: Material) -> Document:
    return Document(
        _("Job description: %s") % material.guide.title,
        _("For employers: edit this template to fit your opening. Replace the text in brackets."),
        tuple(_blocks(material)),
        advice=material.advice("job-description"),
        is_sheet=True,
    )


def _blocks(material: Material) -> Iterator[Block]:
    guide = material.guide
    yield Heading(guide.title)
    yield Paragraph(_("[Employer] · [City, state] · [Full time or part time] · [On site, hybrid, or from home]"))
    yield Heading(_("About the job"), 2)
    joining = _("Join [employer] as our next %s. [One sentence about the team and whom it serves.]")
    yield Paragraph(joining % guide.title)
    if guide.responsibilities:
        yield Heading(_("What you will do"), 2)
        yield Items(
            tuple(
                Item(duty.title, prose=material.prose(f"responsibilities.{index}.detail", duty.detail, inline=True))
                for index, duty in enumerate(guide.responsibilities)
            )
        )
    if needed := (*_ways(guide), *_skills(material, is_essential=True)):
        yield Heading(_("Must have"), 2)
        yield Items(needed)
    if useful := tuple(_skills(material, is_essential=False)):
        yield Heading(_("Nice to have"), 2)
        yield Items(useful)
    yield Heading(_("Pay and benefits"), 2)
    yield from _pay(guide, material.headline)
    yield Paragraph(_("Hours: [days and hours]. Benefits: [health insurance, time off, retirement plan, training]."))
    yield Heading(_("How to apply"), 2)
    yield Paragraph(_("Send [résumé and other documents] to [contact] by [date]."))
    yield Paragraph(
        _(
            "[Employer] is an equal opportunity employer. We consider all qualified applicants without regard to race, "
            "color, religion, sex, sexual orientation, gender identity, national origin, age, disability, genetic "
            "information, veteran status, or any other status protected by law. If you need an accommodation to apply, "
            "contact [name, phone, or email]."
        )
    )


def _ways(guide: Guide) -> Iterator[Item]:
    """Yield the education and experience that the role requires, with its alternatives in one line."""
    ways = tuple(filter(None, map(_way, summarize(guide).requirements)))
    if ways:
        text = _("; or ").join(ways)
        yield Item(text[:1].upper() + text[1:])


def _way(way: SummaryRequirement) -> str:
    return requirement_words.joined(requirement_words.phrases(way).values())


def _skills(material: Material, *, is_essential: bool) -> Iterator[Item]:
    """Yield names of skills. Their purposes are written for applicants."""
    for group in material.groups:
        if (group.skills[0].importance == "essential") == is_essential:
            yield Item(group_example(group))


def _pay(guide: Guide, headline: PayHeadline | None) -> Iterator[Block]:
    """Yield the range of the pay headline as a blank, with its source, so that an employer can compare the offer."""
    if headline is None:
        yield Paragraph(_("Pay range: [lowest] to [highest] [an hour or a year]"))
        return
    yield Paragraph(_("Pay range: [%s]") % figures.headline_range(headline))
    names = (headline.band.range_label, headline.band.label or guide.title, figures.cited(headline.source))
    text = _("[These are published figures for comparison: %s. Replace them with your own range.]")
    yield Paragraph(text % "; ".join(filter(None, names)))
