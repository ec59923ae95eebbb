"""The filters and the sort order of a list, and their query string."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from guides.models.search_index import TermKind
from guides.reading.index.live_index import WITHOUT_CERTIFICATE, WITHOUT_EXPERIENCE, LiveIndex
from guides.schema import types

MAX_SELECTED, MAX_PAY = 10, 10_000_000

GROUPS = {
    "field": (TermKind.FIELD, gettext_lazy("Field of work")),
    "education": (TermKind.EDUCATION, gettext_lazy("Education needed")),
    "setting": (TermKind.SETTING, gettext_lazy("Setting")),
    "growth": (TermKind.GROWTH, gettext_lazy("Growth")),
    "skill": (TermKind.SKILL, gettext_lazy("Skill")),
    "source": (TermKind.SOURCE, gettext_lazy("Source")),
}
HIDDEN_FACETS = {"source"}
"""Groups that a list shows only if one of their choices is active. Links on other pages set them."""

WITHOUT = {
    WITHOUT_EXPERIENCE: gettext_lazy("Experience"),
    WITHOUT_CERTIFICATE: gettext_lazy("Certificate or license"),
}
"""What the usual way into a role does not require."""

SORTS: dict[str, tuple[Any, Callable[[LiveIndex], Sequence[int]]]] = {
    "title": (gettext_lazy("A–Z"), lambda index: index.by_title),
    "field": (gettext_lazy("Field"), lambda index: index.by_field),
    "pay": (gettext_lazy("Pay"), lambda index: index.by_pay),
    "growth": (gettext_lazy("Growth"), lambda index: index.by_growth),
    "entry": (gettext_lazy("Least education first"), lambda index: index.by_entry),
    "latest": (gettext_lazy("Latest"), lambda index: index.by_latest),
}


@dataclass(frozen=True)
class Filters:
    """Filters, sort order, and page. Within a group any choice matches, but all of `skill` and `without` must."""

    field: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()
    growth: tuple[str, ...] = ()
    skill: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    pay_from: int | None = None
    pay_to: int | None = None
    sort: str = "title"
    page: int = 1

    @classmethod
    def read(cls, parameters: QueryDict) -> "Filters":
        """Read a query string. Unknown and invalid parameters are ignored."""
        page = parameters.get("page", "")
        lowest, highest = (to_pay(parameters.get(name, "")) for name in ("pay_from", "pay_to"))
        if lowest is not None and highest is not None:
            lowest, highest = sorted((lowest, highest))
        return cls(
            **{name: _slugs(parameters.getlist(name)) for name in GROUPS},
            without=tuple(name for name in WITHOUT if name in parameters.getlist("without")),
            pay_from=lowest,
            pay_to=highest,
            sort=parameters.get("sort", "") if parameters.get("sort") in SORTS else "title",
            page=int(page) if re.fullmatch(r"[1-9][0-9]{0,5}", page, re.ASCII) else 1,
        )

    def query(self) -> str:
        """Return the canonical query string."""
        default = asdict(Filters())
        return urlencode({name: value for name, value in asdict(self).items() if value != default[name]}, doseq=True)

    @property
    def are_set(self) -> bool:
        return replace(self, sort="title", page=1) != Filters()

    def removing(self, group: str, slug: str) -> "Filters":
        rest = tuple(each for each in getattr(self, group) if each != slug)
        return replace(self, page=1, **{group: rest})  # type: ignore[arg-type]


def _slugs(values: Iterable[str]) -> tuple[str, ...]:
    known = (slug for slug in values if len(slug) <= types.MAX_SLUG_LENGTH and re.fullmatch(types.SLUG, slug))
    return tuple(sorted(dict.fromkeys(known)))[:MAX_SELECTED]


def to_pay(text: str) -> int | None:
    """Read whole dollars, such as '$40,000', '40k', or '40000'. Return None for other text."""
    plain = re.fullmatch(r"([0-9]{1,12})(k?)", re.sub(r"[\s$,]", "", text).lower(), re.ASCII)
    return min(int(plain[1]) * (1_000 if plain[2] else 1), MAX_PAY) if plain else None
