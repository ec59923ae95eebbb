"""Keys of what does not change by itself: while a file's key is the same, so is what the site would answer.

The pages and files of one guide are made of its role's editions, a page of a skill or a field of the editions that have
it, static files of the code alone. A guide's page itself has no key, as it tells of the guides beside it.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from guides.models.edition import Edition
from guides.models.generation import Generation
from guides.models.search_index import Term, TermKind
from guides.rendering import guide_page

from .targets import STATIC, Target

CODE = ("careerguide", "static")
"""What makes pages and files besides what an article is made of."""

GROUPS = {
    "guide-json": "guide",
    "guide-markdown": "guide",
    "guide-card": "guide",
    "guide-feed": "guide",
    "guide-history": "guide",
    "toolkit": "guide",
    "paper": "guide",
    "paper-file": "guide",
    TermKind.SKILL: TermKind.SKILL,
    TermKind.FIELD: TermKind.FIELD,
    STATIC: STATIC,
}

type Keys = Mapping[tuple[str, str], str]


def release() -> str:
    """Another one for all that may make another file of the same editions."""
    told = sha256(guide_page.release().encode())
    for name in CODE:
        for path in sorted((settings.BASE_DIR / name).rglob("*.*")):
            if path.suffix != ".pyc":
                told.update(f"{path.relative_to(settings.BASE_DIR)}\n".encode())
                told.update(path.read_bytes())
    told.update((settings.BASE_DIR / "requirements.txt").read_bytes())
    return told.hexdigest()


def state(of: str) -> str:
    """What visitors see, by a release: the same for as long as no edition is written, goes live or ends."""
    return _digest(of, Generation.current())


def keys(of: str, *, at: datetime) -> Keys:
    """The keys that hold at a moment for a release, by group and slug."""
    seen = Edition.objects.went_live(by=at).order_by("pk")
    # With the moment of publication: a database that was set back gives other editions the same keys.
    seals = {pk: f"{pk} {published.isoformat()}" for pk, published in seen.values_list("pk", "published_at")}
    of_roles: dict[int, list[str]] = {}
    for pk, role, begin, end in seen.values_list("pk", "role", "live_from", "live_until"):
        ended = end.isoformat() if end and end <= at else ""
        of_roles.setdefault(role, []).append(f"{seals[pk]} {begin.isoformat()} {ended}")
    of_terms: dict[tuple[str, str], list[str]] = {}
    terms = Term.objects.live(at=at).filter(kind__in=(TermKind.SKILL, TermKind.FIELD)).order_by("edition", "pk")
    for kind, slug, edition in terms.values_list("kind", "slug", "edition").iterator():
        of_terms.setdefault((kind, slug), []).append(seals[edition])
    live = Edition.objects.live(at=at).values_list("role", "slug")
    return {
        (STATIC, ""): of,
        **{("guide", slug): _digest(of, slug, *of_roles[role]) for role, slug in live},
        **{term: _digest(of, *term, *editions) for term, editions in of_terms.items()},
    }


def key_of(target: Target, known: Keys) -> str:
    """The key of a file, or ''."""
    return known.get((GROUPS.get(target.name, ""), target.slug), "")


def _digest(*told: str) -> str:
    return sha256("\n".join(told).encode()).hexdigest()[:32]
