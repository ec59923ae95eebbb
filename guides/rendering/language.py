"""The active language."""

from django.utils.translation import get_language, to_locale


def language_tag() -> str:
    """Return the active language as a BCP 47 tag, such as 'en-US'."""
    return to_locale(get_language() or "en-us").replace("_", "-")
