"""The outline of a cover letter."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from guides.choices import SkillKind

from .document import Block, Document, Heading, Item, Items, Material, Paragraph

MAX_SKILLS = MAX_DUTIES = 3


def write(material: Material) -> Document:
    about = _("A few short paragraphs to make your own. Replace the text in brackets.")
    return Document(_("Cover letter outline: %s") % material.guide.title, about, tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    guide = material.guide
    yield Paragraph(_("[Your name], [city, state], [phone], [email]"))
    yield Paragraph(_("[Date]"))
    yield Paragraph(_("Dear [hiring manager]:"))
    yield Paragraph(
        _("I am applying for the position of %s. [Say in one sentence why you chose this employer.]") % guide.title
    )
    if skills := material.strengths.have[:MAX_SKILLS]:
        yield Paragraph(_("[Write a sentence or two about each. You can leave out the names of the skills.]"))
        example = _("[a time you used it, what you did, and what came of it]")
        yield Items(tuple(Item(skill.name, example) for skill in skills))
    elif examples := "; ".join(material.examples(*SkillKind)[:MAX_SKILLS]):
        text = _("[Name the skills of the posting that you have, such as %s, each with a time you used it.]")
        yield Paragraph(text % examples)
    else:
        yield Paragraph(_("[Name the skills of the posting that you have, each with a time you used it.]"))
    if duties := guide.responsibilities[:MAX_DUTIES]:
        titles = ", ".join(duty.title for duty in duties)
        yield Paragraph(_("[Say which of these you have done before, in any job: %s.]") % titles)
    yield Paragraph(_("[Say why this work matters to you.]"))
    yield Paragraph(_("I’d welcome the chance to talk. You can reach me at [phone] or [email]."))
    yield Paragraph(_("Sincerely, [your name]"))
    if advice := material.advice("cover-letter"):
        yield Heading(_("Before you send it"))
        yield from advice
