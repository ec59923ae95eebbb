"""Absolute addresses, for texts that are read outside the site."""

from django.conf import settings
from django.urls import get_script_prefix


def absolute(path: str) -> str:
    """Return the public address of a page, without the prefix of time travel in the admin."""
    return f"{settings.ADDRESS}/{path.removeprefix(get_script_prefix())}"
