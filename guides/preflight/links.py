"""Rules about links and images in the prose, and about related roles."""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from django.utils.translation import gettext as _

from guides import words
from guides.rendering.prose import is_safe_link
from guides.schema import Guide

from .finding import Finding, Rule, Surroundings, error, warning
from .passages import Passage

_GUIDE = re.compile(r"/guides/([^/?#]+)", re.IGNORECASE)


def find(guide: Guide, passages: Iterable[Passage], surroundings: Surroundings) -> Iterator[Finding]:
    live = surroundings.live | {guide.slug}
    for passage in passages:
        for image in passage.images:
            if not words.words(image.text):
                message = _("The image ‘%s’ has no alternative text. Describe it between the brackets.")
                yield error(Rule.IMAGE_WITHOUT_TEXT, passage.place, message % image.address, image.address)
        for piece in passage.torn:
            yield _malformed(passage.place, piece)
        for link in passage.links:
            if not link.text or not is_safe_link(link.address):
                yield _malformed(passage.place, f"[{link.text}]({link.address})")
            elif (slug := _slug(link.address)) and slug not in live:
                yield error(Rule.DEAD_LINK, passage.place, _dead(slug, surroundings), link.text, slug)
    yield from _related_roles(guide, live, surroundings)


def _related_roles(guide: Guide, live: AbstractSet[str], surroundings: Surroundings) -> Iterator[Finding]:
    for index, role in enumerate(guide.related):
        if role.slug and role.slug not in live:
            message = _("‘%(title)s’ has no link: %(reason)s")
            params = {"title": role.title, "reason": _dead(role.slug, surroundings)}
            yield warning(Rule.DEAD_LINK, f"related.{index}.slug", message % params, role.title, role.slug)
        if role.starting_job and role.starting_job not in surroundings.starting_jobs:
            message = _(
                "‘%(title)s’ names the starting job ‘%(job)s’, which does not exist. Choose another one, or clear the "
                "field."
            )
            params = {"title": role.title, "job": role.starting_job}
            yield warning(
                Rule.UNKNOWN_STARTING_JOB, f"related.{index}.starting_job", message % params, *params.values()
            )


def _malformed(place: str, link: str) -> Finding:
    message = _("‘%s’ is not shown as a link. Write [text](https://…) or [text](/guides/…/), without spaces.")
    return error(Rule.MALFORMED_LINK, place, message % link, link)


def _slug(address: str) -> str:
    """Return the slug of the guide that an internal address leads to, or ''."""
    found = _GUIDE.match(address)
    return found[1].lower().removesuffix(".json").removesuffix(".md") if found else ""


def _dead(slug: str, surroundings: Surroundings) -> str:
    if title := surroundings.former.get(slug):
        message = _("‘%(slug)s’ was the address of %(title)s, which moved or was withdrawn. Fix or remove it.")
        return message % {"slug": slug, "title": title}
    return _("There is no live guide ‘%s’. Publish it first, or remove the address.") % slug
