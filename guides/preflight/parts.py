"""Rules about missing parts, empty texts and reused addresses."""

from collections.abc import Iterable, Iterator
from functools import partial

from django.utils.translation import gettext as _

from guides.diff import labels
from guides.pay import headlines
from guides.schema import Guide
from guides.schema.types import FrozenModel

from .dating import OUTLOOK_FACTS
from .finding import Finding, Rule, Surroundings, error, warning
from .passages import Passage

# These have a heading or a question, which would have nothing below it.
_UNDER_HEADINGS = {"summary", "sections", "faqs", "toolkit", "examples"}
# These may have only a title, but are clearer with one of these texts.
_EXPECTED_TEXTS = {"steps": ("body",), "levels": ("summary", "focus"), "considerations": ("detail",)}


def find(guide: Guide, passages: Iterable[Passage], surroundings: Surroundings) -> Iterator[Finding]:
    yield from _missing_parts(guide)
    yield from _expected_parts(guide)
    yield from _empty_texts(guide, passages)
    if title := surroundings.former.get(guide.slug):
        message = _("The address ‘%(slug)s’ belonged to %(title)s, and old links lead to it. Choose another one.")
        params = {"slug": guide.slug, "title": title}
        yield warning(Rule.REUSED_ADDRESS, "slug", message % params, guide.slug, title)


def _missing_parts(guide: Guide) -> Iterator[Finding]:
    """Yield an error per part without which a guide cannot be published."""
    missing = partial(error, Rule.MISSING_PART)
    if "role" not in _chapters(guide):
        message = _("The guide does not say what the job is. Write a section for the chapter ‘What the job is’.")
        yield missing("sections", message, "role")
    if not guide.responsibilities:
        yield missing("responsibilities", _("The guide has no duties. Add them."), "duties")
    if not guide.skills:
        message = _("The guide has no skills, so its skills check would be empty. Add them.")
        yield missing("skills", message, "skills")
    if not guide.steps and not guide.routes:
        message = _("The guide does not say how to get in. Add entry steps or education routes.")
        yield missing("steps", message, "entry")
    if not guide.occupations and not headlines(guide):
        message = _(
            "The first screen has no pay. Add an official occupation, a headline figure of the role without a label, "
            "or the range of the occupation that the role belongs to."
        )
        yield missing("pay", message, "pay")


def _expected_parts(guide: Guide) -> Iterator[Finding]:
    """Yield a warning per part that readers expect. A guide may lack it, for example if there is no source."""
    missing = partial(warning, Rule.MISSING_PART)
    if not guide.field:
        yield missing("field", _("The guide has no field of work. Choose one, so that readers find it."), "field")
    if not guide.reviewed_on:
        yield missing("reviewed_on", _("The guide has no review date. Enter it."), "review")
    if "outlook" not in _chapters(guide) and not any(fact.kind in OUTLOOK_FACTS for fact in guide.facts):
        message = _("The guide does not say whether the work is growing. Add a figure, or explain why there is none.")
        yield missing("facts", message, "outlook")
    if not guide.examples:
        message = _("The toolkit has no finished example. Add a résumé and a cover letter of an invented person.")
        yield missing("examples", message, "examples")
    if not guide.interview:
        message = _("The toolkit has no interview questions. Add some, with what a good answer shows.")
        yield missing("interview", message, "interview")


def _chapters(guide: Guide) -> set[str]:
    return {section.chapter for section in guide.sections}


def _empty_texts(guide: Guide, passages: Iterable[Passage]) -> Iterator[Finding]:
    for passage in passages:
        if not passage.has_words:
            (part, *_index), name = passage.place.split("."), _name(guide, passage.place)
            finding_of = error if part in _UNDER_HEADINGS else warning
            message = _("The text of ‘%s’ has no words. Write it, or remove the part.") % name
            yield finding_of(Rule.EMPTY_TEXT, passage.place, message, part, passage.place.rpartition(".")[2], name)
    for part, texts in _EXPECTED_TEXTS.items():
        for index, row in enumerate(getattr(guide, part)):
            if not any(getattr(row, text) for text in texts):
                name = labels.row_name(part, row)
                message = _("‘%s’ has no text. Explain it in a sentence or two.") % name
                yield warning(Rule.EMPTY_TEXT, f"{part}.{index}", message, part, name)


def _name(guide: Guide, place: str) -> str:
    """Return the name of the row that a text belongs to, or the title of the guide for its summary."""
    part, index, *_field = (*place.split("."), "")
    of_guide = getattr(guide, part)
    row = of_guide[int(index)] if isinstance(of_guide, tuple) else of_guide
    return labels.row_name(part, row) if isinstance(row, FrozenModel) else guide.title
