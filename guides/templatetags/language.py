"""The language of a page."""

from django import template

from guides.rendering.language import language_tag

register = template.Library()
register.simple_tag(language_tag)
