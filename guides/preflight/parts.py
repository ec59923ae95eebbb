"""Rules about missing parts, empty texts and reused addresses."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.pay import headlines
from guides.schema import Guide
from guides.schema.types import FrozenModel

from .finding import Finding, Rule, Surroundings, error, warning
from .passages import Passage


class _Part(NamedTuple):
    name: str
    place: str
    is_there: Callable[[Guide], object]
    message: str | Promise


def _has_prose(guide: Guide, chapter: str) -> bool:
    return any(section.chapter == chapter for section in guide.sections)


def _has_fact(guide: Guide, *kinds: str) -> bool:
    return any(fact.kind in kinds for fact in guide.facts)


# Parts without which a guide cannot be published.
_REQUIRED = (
    _Part(
        "role",
        "sections",
        lambda guide: _has_prose(guide, "role"),
        gettext_lazy("The guide does not say what the job is. Write a section for the chapter ‘What the job is’."),
    ),
    _Part(
        "duties",
        "responsibilities",
        lambda guide: guide.responsibilities,
        gettext_lazy("The guide has no duties. Add them."),
    ),
    _Part(
        "skills",
        "skills",
        lambda guide: guide.skills,
        gettext_lazy("The guide has no skills, so its skills check would be empty. Add them."),
    ),
    _Part(
        "entry",
        "steps",
        lambda guide: guide.steps or guide.routes,
        gettext_lazy("The guide does not say how to get in. Add entry steps or education routes."),
    ),
    _Part(
        "pay",
        "pay",
        headlines,
        gettext_lazy(
            "The first screen has no pay. Add a headline figure of the role, without a label, or the range of "
            "the occupation that the role belongs to."
        ),
    ),
)
# Parts that readers expect. A guide may lack them, for example for want of a source.
_EXPECTED = (
    _Part(
        "field",
        "field",
        lambda guide: guide.field,
        gettext_lazy("The guide has no field of work. Choose one, so that readers find it."),
    ),
    _Part(
        "review",
        "reviewed_on",
        lambda guide: guide.reviewed_on,
        gettext_lazy("The guide has no review date. Enter it."),
    ),
    _Part(
        "education",
        "facts",
        lambda guide: any(fact.education for fact in guide.facts),
        gettext_lazy("No key fact has the usual education. Add one, because readers filter guides by it."),
    ),
    _Part(
        "outlook",
        "facts",
        lambda guide: _has_fact(guide, "growth", "openings") or _has_prose(guide, "outlook"),
        gettext_lazy("The guide does not say whether the work is growing. Add a figure, or explain why there is none."),
    ),
    _Part(
        "interview",
        "interview",
        lambda guide: guide.interview,
        gettext_lazy("The toolkit has no interview questions. Add some, with what a good answer shows."),
    ),
)

# These have a heading or a question, which would have nothing below it.
_UNDER_HEADINGS = {"summary", "sections", "faqs", "toolkit"}
# These may have only a title, but are clearer with one of these texts.
_EXPECTED_TEXTS = {"steps": ("body",), "levels": ("summary", "focus"), "considerations": ("detail",)}


def find(guide: Guide, passages: Iterable[Passage], surroundings: Surroundings) -> Iterator[Finding]:
    for finding_of, parts in ((error, _REQUIRED), (warning, _EXPECTED)):
        for part in parts:
            if not part.is_there(guide):
                yield finding_of(Rule.MISSING_PART, part.place, str(part.message), part.name)
    yield from _empty_texts(guide, passages)
    if title := surroundings.former.get(guide.slug):
        message = _("The address ‘%(slug)s’ belonged to %(title)s, and old links lead to it. Choose another one.")
        params = {"slug": guide.slug, "title": title}
        yield warning(Rule.REUSED_ADDRESS, "slug", message % params, guide.slug, title)


def _empty_texts(guide: Guide, passages: Iterable[Passage]) -> Iterator[Finding]:
    for passage in passages:
        if not passage.has_words:
            (part, *_index), name = passage.place.split("."), _name(_row(guide, passage.place))
            finding_of = error if part in _UNDER_HEADINGS else warning
            message = _("The text of ‘%s’ has no words. Write it, or remove the part.") % name
            yield finding_of(Rule.EMPTY_TEXT, passage.place, message, part, passage.place.rpartition(".")[2], name)
    for part, texts in _EXPECTED_TEXTS.items():
        for index, row in enumerate(getattr(guide, part)):
            if not any(getattr(row, text) for text in texts):
                message = _("‘%s’ has no text. Explain it in a sentence or two.") % _name(row)
                yield warning(Rule.EMPTY_TEXT, f"{part}.{index}", message, part, _name(row))


def _row(guide: Guide, place: str) -> FrozenModel:
    """Return the row that a text belongs to, or the guide for its summary."""
    part, index, *_field = (*place.split("."), "")
    of_guide = getattr(guide, part)
    row = of_guide[int(index)] if isinstance(of_guide, tuple) else of_guide
    return row if isinstance(row, FrozenModel) else guide


def _name(row: FrozenModel) -> str:
    """Return the name of a row for editors."""
    names = ("title", "question", "heading", "name", "chapter", "kind")
    return next(str(getattr(row, name)) for name in names if getattr(row, name, ""))
