"""The outline of a cover letter, with the skills and the experience that a visitor has confirmed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from guides.choices import SkillKind
from guides.rendering.requirement_words import either, joined

from .document import Block, Document, Heading, Material, Paragraph, contact

MAX_SKILLS = MAX_DUTIES = 3


def write(material: Material) -> Document:
    return Document(
        _("Cover letter outline: %s") % material.guide.title,
        _("Replace the brackets with your own words. One page is enough."),
        tuple(_blocks(material)),
        advice=material.advice("cover-letter"),
        is_sheet=True,
        is_letter=True,
    )


def _blocks(material: Material) -> Iterator[Block]:
    yield Heading(_("[Your name]"))
    yield Paragraph(contact())
    yield Paragraph(_("[Date]"))
    yield Paragraph(_("Dear [name of the hiring manager, or Hiring Team]:"))
    yield Paragraph(_opening(material))
    yield Paragraph(_story(material))
    yield Paragraph(_skills(material))
    yield Paragraph(
        _("I want to work for [employer] because [what you know and like about the place or the people it serves].")
    )
    yield Paragraph(
        _(
            "I can start [date or time after an offer], and I would be glad to tell you more in an interview. "
            "You can reach me at [phone] or [email]. Thank you for your time."
        )
    )
    yield Paragraph(_("Sincerely,"))
    yield Paragraph(_("[Your name]"))


def _opening(material: Material) -> str:
    applying = _("I am applying for the position of %s, which I found [where].") % material.guide.title
    if experience := material.strengths.experience:
        now = _("I bring %s, most recently as [job title] at [employer].") % experience
    else:
        now = _("I now work as [job title] at [employer], where I [your main task, with a number].")
    return f"{applying} {now}"


def _story(material: Material) -> str:
    titles = [f"“{duty.title}”" for duty in material.guide.responsibilities[:MAX_DUTIES]]
    such_as = _("[a duty of the posting, such as %s]") % either(titles)
    return _(
        "In my last job, [what was wrong, and for whom]. I [what you did, step by step]. As a result, [what changed, "
        "with a number]. I would bring the same care to %s."
    ) % (such_as if titles else _("[a duty of the posting]"))


def _skills(material: Material) -> str:
    skills = joined(skill.name for skill in material.strengths.have[:MAX_SKILLS])
    if not skills:
        examples = "; ".join(material.examples(*SkillKind)[:MAX_SKILLS])
        such_as = _("[skills of the posting that you have, such as %s]") % examples
        skills = such_as if examples else _("[skills of the posting that you have]")
    return _("These strengths match your posting: %s. [Say in a sentence where you used each one.]") % skills
