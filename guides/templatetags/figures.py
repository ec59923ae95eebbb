"""Template filters that format figures, and tags that cite sources."""

import re

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guides.rendering import figures, prose, requirement_words, skill_words
from guides.schema import Source

register = template.Library()

_RANGE = re.compile(r"\d+–\d+ \w+")

for name in (
    "a_period",
    "average",
    "cited",
    "cost",
    "covered",
    "day",
    "growth",
    "growth_range",
    "headline_gloss",
    "headline_more",
    "headline_parts",
    "headline_pay",
    "importance",
    "labeled_headline",
    "labeled_pay",
    "measure",
    "median",
    "moment",
    "more_pay",
    "pay",
    "pay_difference",
    "pay_gloss",
    "pay_range",
    "percent",
    "years",
):
    register.filter(name, getattr(figures, name))


@register.filter
def unbroken_ranges(text: str) -> SafeString:
    """Keep ranges such as '2–4 years' on one line."""
    return mark_safe(_RANGE.sub(r'<span class="unbroken">\g<0></span>', escape(text)))  # noqa: S308 -- escaped


register.filter("certificate", requirement_words.certificate)
register.filter("first_sentence", prose.first_sentence)

for name in ("group_name", "needed_level", "scale", "weight"):
    register.filter(name, getattr(skill_words, name))


@register.simple_tag(takes_context=True)
def source_of(context: template.Context, source: str | Source) -> SafeString:
    """Link to the source of a figure, with its publisher and year."""
    page = context["page"]
    return format_html('<a class="source" href="#source-{}">{}</a>', page["numbers"][source], page["cited"][source])


@register.simple_tag(takes_context=True)
def cite(context: template.Context, source: str | Source) -> SafeString:
    """Link to the number of a figure's source."""
    number = context["page"]["numbers"][source]
    return format_html(
        '<a class="cite" href="#source-{}" aria-label="{}">{}</a>', number, _("Source %d") % number, number
    )
