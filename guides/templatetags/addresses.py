"""Whole addresses, for those who read a page elsewhere than where it stands."""

from django import template
from django.conf import settings

register = template.Library()


@register.filter
def absolute(path: str) -> str:
    return f"{settings.ADDRESS}{path}"
