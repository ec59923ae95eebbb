"""Whole addresses, for those who read a text elsewhere than where it stands."""

from django.conf import settings
from django.urls import get_script_prefix


def absolute(path: str) -> str:
    """The address at which visitors find a page, whatever moment it is shown as of at the desk."""
    return f"{settings.ADDRESS}/{path.removeprefix(get_script_prefix())}"
