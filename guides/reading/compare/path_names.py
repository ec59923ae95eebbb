"""What visitors type as the ends of a path: the names of live guides and, for the start, of starting jobs."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from guides.reading.index.live_data import live_data
from guides.reading.search.engine import MAX_LETTERS, find_by_name, resolve_title

FROM, TO = "from", "to"
"""The fields of the form, which are the parameters of its address."""


class End(NamedTuple):
    """An end of a path as it was typed. `slug` is '' until the name is clear.

    Then `problem` says why, and `choices` are the titles that the name may mean.
    """

    name: str
    slug: str = ""
    problem: str = ""
    choices: tuple[str, ...] = ()


def read_ends(query: Mapping[str, str], *, at: datetime) -> dict[str, End]:
    """Return both ends by field. Without either parameter, nothing has been typed yet."""
    names = {field: str(query.get(field, "")).replace("\0", "")[:MAX_LETTERS].strip() for field in (FROM, TO)}
    if not names.keys() & query.keys():
        return {field: End("") for field in names}
    start, goal = _start(names[FROM], at=at), _goal(names[TO], at=at)
    # A link chooses one end after the other. The one that is missing from the address is no problem yet.
    if goal.slug and FROM not in query:
        start = End("")
    if start.slug and TO not in query:
        goal = End("")
    if start.slug and start.slug == goal.slug:
        goal = goal._replace(slug="", problem=_("Both names lead to the same guide. Enter two different jobs."))
    return {FROM: start, TO: goal}


def _start(name: str, *, at: datetime) -> End:
    """Return the guide or starting job with exactly this name, or what the name may mean."""
    if not name:
        return End(name, problem=_("Enter the job you have now or had before."))
    jobs = live_data(at=at).starting_jobs
    if guide := resolve_title(name, at=at, correct=False):
        return End(name, guide.slug)
    if job := jobs.named(name):
        return End(name, job.slug)
    titles = (*(card.title for card in find_by_name(name, at=at)), *(job.title for job in jobs.similar(name)))
    return _unclear(name, tuple(dict.fromkeys(titles)))


def _goal(name: str, *, at: datetime) -> End:
    """Return the guide with exactly this name, or what the name may mean."""
    if not name:
        return End(name, problem=_("Enter the job you want."))
    if guide := resolve_title(name, at=at, correct=False):
        return End(name, guide.slug)
    if live_data(at=at).starting_jobs.named(name):
        return End(name, problem=_("We don’t have a guide to “%s” yet. Choose another job.") % name)
    return _unclear(name, tuple(card.title for card in find_by_name(name, at=at)))


def _unclear(name: str, choices: tuple[str, ...]) -> End:
    if choices:
        return End(
            name, problem=_("We don’t know a job called just “%s.” Did you mean one of these?") % name, choices=choices
        )
    return End(name, problem=_("We don’t know a job called “%s.” Try another name.") % name)
