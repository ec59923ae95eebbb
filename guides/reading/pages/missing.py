"""The page for a missing address (404). It suggests live guides whose titles are similar to the address."""

import re
from datetime import datetime

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix
from django.views.defaults import ERROR_404_TEMPLATE_NAME

from guides.reading import clock
from guides.reading.search.browse import Card
from guides.reading.search.engine import find_by_name

MAX_WORDS, MAX_LETTERS = 5, 80
"""Longer addresses are not names of jobs. The limits bound the cost, because no cache stores the page."""

_GUIDE = re.compile(rf"guides/([a-z0-9-]{{1,{MAX_LETTERS}}})(?:\.[a-z]+)?(?:/|$)")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django passes it by name
    """Return the page for a missing address. It works without the database, too."""
    found = _GUIDE.match(request.path.removeprefix(get_script_prefix()).lower())
    cards = similar_guides(found[1].replace("-", " "), at=clock.now()) if found else ()
    return render(request, ERROR_404_TEMPLATE_NAME, {"similar": cards}, status=404)


def similar_guides(title: str, *, at: datetime) -> tuple[Card, ...]:
    """Return live guides whose titles have all words of a title, or else its last ones, which name the kind of job.

    Return none while the database is away.
    """
    spelled = title.split()
    if len(spelled) > MAX_WORDS:
        return ()
    try:
        endings = (find_by_name(" ".join(spelled[start:]), at=at) for start in range(len(spelled)))
        return next(filter(None, endings), ())
    except DatabaseError:
        return ()
