"""Interview questions by theme, with notes on good answers."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .document import Block, Document, Heading, Item, Items, Material, Paragraph


def write(material: Material) -> Document:
    about = _("Questions to expect, with what a good answer shows. Prepare an example of your own for each.")
    return Document(_("Interview questions: %s") % material.guide.title, about, tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    guide = material.guide
    yield from material.advice("interview")
    themes: dict[str, list[Item]] = {}
    for index, question in enumerate(guide.interview):
        shows = material.prose(f"interview.{index}.shows", question.shows, inline=True)
        themes.setdefault(question.theme, []).append(Item(question.question, prose=shows))
    for theme, questions in themes.items():
        yield Heading(theme)
        yield Items(tuple(questions))
    if guide.responsibilities:
        yield Heading(_("About the duties"))
        yield Paragraph(_("Be ready to say when you have done each of these, or something like it."))
        yield Items(tuple(Item(duty.title) for duty in guide.responsibilities))
    yield Heading(_("What to ask them"))
    yield Items(
        (
            Item(_("What does a typical day look like, and what is the hardest part?")),
            Item(_("Who would train me?")),
            Item(_("How will you measure success in the first six months?")),
        )
    )
