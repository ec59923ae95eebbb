"""The place that a visitor names in a form or an address: a state, a metropolitan area, or the nation.

Any view with the query parameter `place` reads it with `read_place` and shows `guides/pay/_place_form.html` with a
`PlaceForm`. The canonical value of the parameter is the slug of the area.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.models.statistics import Area
from guides.reading.form_errors import FormError, errors_at
from guides.reading.index.live_data import live_data
from guides.statistics.places import MAX_LENGTH, PlaceProblem

PARAMETER = "place"

type Parameters = tuple[tuple[str, str], ...]
"""Names and values of a query."""


@dataclass(frozen=True)
class PlaceChoice:
    """What a visitor typed, and the area that it means, or the reason why there is none.

    `label` is the text to show in a form. Suggestions are areas with their labels. An area has suggestions if its slug
    is also the name of others. Without the parameter, all values are empty.
    """

    label: str = ""
    area: Area | None = None
    problem: PlaceProblem | None = None
    suggestions: tuple[tuple[Area, str], ...] = ()
    is_canonical: bool = True

    @property
    def slug(self) -> str:
        """The canonical value of the parameter, or '' without an area."""
        return self.area.slug if self.area else ""

    @property
    def error(self) -> str:
        """A sentence about the problem, or ''."""
        match self.problem:
            case None:
                return ""
            case PlaceProblem.EMPTY:
                return _("Enter a state or city.")
            case PlaceProblem.ZIP_CODE:
                return _("We can’t search by ZIP code. Enter a state or city.")
            case PlaceProblem.AMBIGUOUS:
                return _("“%s” could be more than one place. Choose one.") % self.label
            case PlaceProblem.UNKNOWN if self.suggestions:
                return _("We don’t know a place called “%s.” Did you mean one of these?") % self.label
            case PlaceProblem.UNKNOWN:
                return _("We don’t know a place called “%s.” Try your state or the largest city near you.") % self.label


def read_place(parameters: QueryDict, *, at: datetime) -> PlaceChoice:
    """Read the place in a query. The last value counts if there are several."""
    if PARAMETER not in parameters:
        return PlaceChoice()
    places = live_data(at=at).places
    text = parameters.get(PARAMETER, "").replace("\0", "")[:MAX_LENGTH].strip()
    found = places.find(text)
    return PlaceChoice(
        places.label(found.area) if found.area else text,
        found.area,
        found.problem,
        tuple((area, places.label(area)) for area in found.suggestions),
        is_canonical=parameters.getlist(PARAMETER) == [found.area.slug] if found.area else True,
    )


@dataclass(frozen=True)
class PlaceForm:
    """A form for a place: the path that it leads to, the choice so far, and the other parameters that links keep.

    `fragment` is the part of the page with the result, such as '#pay', for pages where it is far below the top.
    `refusal` is a sentence that says why the page has nothing about the area, or ''.
    """

    path: str
    choice: PlaceChoice
    others: Parameters = ()
    fragment: str = ""
    refusal: str = ""

    @property
    def error(self) -> str:
        """A sentence about the place, or ''."""
        return self.choice.error or self.refusal

    @property
    def errors(self) -> tuple[FormError, ...]:
        return errors_at(PARAMETER, self.error)

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """The labels and addresses of suggestions."""
        return tuple((label, self.address_of(area.slug)) for area, label in self.choice.suggestions)

    def address_of(self, slug: str) -> str:
        """Return the address with an area, or without a place for ''."""
        query = urlencode([*self.others, *([(PARAMETER, slug)] if slug else [])])
        return f"{self.path}{'?' if query else ''}{query}{self.fragment}"

    @property
    def canonical(self) -> str:
        """The address with the canonical place."""
        return self.address_of(self.choice.slug)

    @property
    def without(self) -> str:
        """The address without a place."""
        return self.address_of("")
