"""Fields for years of work whose text is not a number of years."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from guides.reading.answers import EXPERIENCE_PREFIX, MAX_YEARS, to_years

MAX_SHOWN_LETTERS = 20


def invalid_years(query: QueryDict) -> dict[str, str]:
    """Return the text of each field for years that is not a number of years."""
    texts = {
        name: str(text).replace("\0", "").strip()
        for name, text in query.items()
        if name == "years" or name.startswith(EXPERIENCE_PREFIX)
    }
    return {name: text[:MAX_SHOWN_LETTERS] for name, text in texts.items() if text and to_years(text) is None}


def years_error(text: str) -> str:
    """Return what to enter instead of this text, or '' without a text."""
    sentence = _("“%(text)s” isn’t a number of years. Enter one from 0 to %(max)d, or leave it empty.")
    return sentence % {"text": text, "max": MAX_YEARS} if text else ""
