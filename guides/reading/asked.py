"""Which live guides ask for which skills, in memory: a visitor's skills are set against all of them at once.

An edition never changes, so what was read of one is kept for the next generation. It is known by its key, by when it
was published, as a database that was set back gives keys anew, and by the version of its listing, which may be remade.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from guides import words
from guides.models.listing import Listing, Term, TermKind

type Numbers = NDArray[np.int64]
type Small = NDArray[np.int32]

AT_ONCE, MOST_SHARING = 20_000, 6_000
NOTHING: Numbers = np.array([], dtype=np.int64)


class Called(NamedTuple):
    """How guides call a skill from some place of `Asked.editions` on: its name, its kind, its other names."""

    place: int
    name: str
    kind: str
    aliases: tuple[str, ...]


class SkillAsked(NamedTuple):
    """The places of `Asked.editions` where a skill is asked for, what share it makes there in millionths, its names."""

    places: Small
    shares: Small
    called: tuple[Called, ...]


@dataclass(frozen=True)
class Asked:
    """The skills of editions, by slug, whether or not they are live.

    `seals` tell an edition from any other; `slugs` and `titles` are hashes of its address and of its title, as it is
    compared.
    """

    editions: Numbers
    seals: Numbers
    slugs: Numbers
    titles: Numbers
    is_live: NDArray[np.bool_]
    skills: Mapping[str, SkillAsked]

    @cached_property
    def live(self) -> int:
        return int(self.is_live.sum())

    @cached_property
    def guides(self) -> Mapping[str, int]:
        """How many live guides ask for each skill that any asks for, the most asked for first."""
        counts = {slug: int(self.is_live[skill.places].sum()) for slug, skill in self.skills.items()}
        return {slug: counts[slug] for slug in sorted(counts, key=lambda slug: (-counts[slug], slug)) if counts[slug]}

    @cached_property
    def called(self) -> Mapping[str, Called]:
        """How the latest live guide calls each skill that any asks for."""
        found = {}
        for slug, skill in self.skills.items():
            live = skill.places[self.is_live[skill.places]]
            if len(live):
                found[slug] = next(called for called in reversed(skill.called) if called.place <= live[-1])
        return found

    @cached_property
    def by_key(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The skills that live guides ask for, by the stems of each name: slugs, and the name as it is spelled."""
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for slug, called in self.called.items():
            for name in (called.name, *called.aliases):
                key = " ".join(words.stems(name))
                found[key] = (*found.get(key, ()), (slug, name))
        return found

    def at(self, slugs: Iterable[str]) -> tuple[int, ...]:
        """The live editions at these addresses; once in a great many, another one."""
        return self._of(self.slugs, slugs)

    def titled(self, keys: Iterable[str]) -> tuple[int, ...]:
        """The live editions with these titles, as they are compared; once in a great many, another one."""
        return self._of(self.titles, keys)

    def _of(self, hashes: Numbers, names: Iterable[str]) -> tuple[int, ...]:
        sought = np.fromiter(map(hash, names), dtype=np.int64)
        return tuple(int(pk) for pk in self.editions[np.isin(hashes, sought) & self.is_live])

    def ranked(self, halves: Mapping[str, int], *, most: int) -> tuple[int, tuple[int, ...]]:
        """How many live editions ask for any of these skills, and the first of them by how much of each that is.

        `halves` is what each skill counts, two for a whole one.
        """
        fits = np.zeros(len(self.editions), dtype=np.int64)
        for slug, count in halves.items():
            if skill := self.skills.get(slug):
                fits[skill.places] += skill.shares * count
        fits[~self.is_live] = 0
        best = fitting = np.flatnonzero(fits)
        if len(fitting) > most:
            least = np.partition(fits[fitting], len(fitting) - most)[len(fitting) - most]
            best = fitting[fits[fitting] >= least]
        order = best[np.lexsort((self.editions[best], -fits[best]))][:most]
        return len(fitting), tuple(int(pk) for pk in self.editions[order])

    def sharing(self, skills: Iterable[str], *, most: int) -> tuple[int, ...]:
        """The live editions that ask for the most of these skills, the most first.

        Of a very large catalogue, skills that nearly all ask for are left out, as they tell nothing of who is near:
        the rarest are counted first, until so many editions have been looked at.
        """
        asked = sorted((self.skills[slug].places for slug in sorted({*skills} & self.skills.keys())), key=len)
        told = [places for places, seen in zip(asked, accumulate(map(len, asked)), strict=True) if seen <= MOST_SHARING]
        if not told and asked:
            told = [asked[0][-MOST_SHARING:]]
        places, counts = np.unique(np.concatenate((NOTHING.astype(np.int32), *told)), return_counts=True)
        order = np.lexsort((self.editions[places], -counts, ~self.is_live[places]))[:most]
        return tuple(int(self.editions[places[at]]) for at in order if self.is_live[places[at]])


NOBODY = SkillAsked(NOTHING.astype(np.int32), NOTHING.astype(np.int32), ())
NONE = Asked(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING.astype(bool), {})


def asked_by(before: Asked, *, at: datetime) -> Asked:
    """What live guides ask for at a moment, with what was read of them before."""
    rows = Listing.objects.live(at=at).order_by("pk").values_list("pk", "version", "edition__published_at")
    seals = {pk: _seal(version, published) for pk, version, published in rows}
    live = np.array(tuple(seals), dtype=np.int64)
    is_other = any(seals.get(int(pk), seal) != seal for pk, seal in zip(before.editions, before.seals, strict=True))
    if is_other or len(before.editions) > 2 * len(live) + 1_000:
        # The database was set back, its listings were made anew, or most of what is kept has ended.
        before = NONE
    fresh = np.setdiff1d(live, before.editions, assume_unique=True)
    editions = np.concatenate((before.editions, fresh))
    of_fresh = np.array([seals[int(pk)] for pk in fresh], dtype=np.int64)
    skills = dict(before.skills)
    for slug, asking in _by_skill(fresh, first=len(before.editions)).items():
        skills[slug] = _with(skills.get(slug, NOBODY), asking)
    is_live = np.isin(editions, live, assume_unique=True)
    slugs, titles = _named(fresh)
    return Asked(
        editions=editions,
        seals=np.concatenate((before.seals, of_fresh)),
        slugs=np.concatenate((before.slugs, slugs)),
        titles=np.concatenate((before.titles, titles)),
        is_live=is_live,
        skills=skills,
    )


def _seal(version: int, published: datetime) -> int:
    told = f"{version} {published.isoformat()}"
    return int.from_bytes(blake2b(told.encode(), digest_size=8).digest(), signed=True)


def _named(editions: Numbers) -> tuple[Numbers, Numbers]:
    """The hashes of the addresses and of the titles of these editions, in their order."""
    named: dict[int, tuple[int, int]] = {}
    for begin in range(0, len(editions), AT_ONCE):
        some = editions[begin : begin + AT_ONCE]
        rows = Listing.objects.filter(pk__gte=int(some[0]), pk__lte=int(some[-1]))
        for pk, slug, title in rows.values_list("pk", "edition__slug", "sort_title").iterator():
            named[pk] = hash(slug), hash(title)
    each = [named[int(pk)] for pk in editions]
    return np.array([slug for slug, _ in each], np.int64), np.array([title for _, title in each], np.int64)


class _Asking(NamedTuple):
    """That an edition asks for a skill, and how it calls it."""

    share: int
    called: Called


def _by_skill(editions: Numbers, *, first: int) -> dict[str, list[_Asking]]:
    """What these editions ask for, in their order; the first of them stands at the place `first`."""
    found: dict[str, list[_Asking]] = {}
    for begin in range(0, len(editions), AT_ONCE):
        some = {int(pk): first + begin + n for n, pk in enumerate(editions[begin : begin + AT_ONCE])}
        kinds = (TermKind.SKILL, TermKind.ALIAS)
        terms: Any = Term.objects.filter(kind__in=kinds, edition__gte=min(some), edition__lte=max(some))
        aliases: dict[tuple[int, str], tuple[str, ...]] = {}
        skills = []
        fields = ("edition", "kind", "slug", "name", "group", "share")
        for pk, kind, slug, name, group, share in terms.order_by("edition", "pk").values_list(*fields).iterator():
            if pk in some and kind == TermKind.ALIAS:
                aliases[pk, slug] = (*aliases.get((pk, slug), ()), name)
            elif pk in some:
                skills.append((pk, slug, name, group, share))
        for pk, slug, name, group, share in skills:
            called = Called(some[pk], name, group, aliases.get((pk, slug), ()))
            found.setdefault(slug, []).append(_Asking(share, called))
    return found


def _with(skill: SkillAsked, asking: Iterable[_Asking]) -> SkillAsked:
    """With more editions that ask for a skill; how it is called is kept where that changes."""
    rows, called = tuple(asking), list(skill.called)
    for each in rows:
        if not called or called[-1][1:] != each.called[1:]:
            called.append(each.called)
    places = np.array([each.called.place for each in rows], dtype=np.int32)
    shares = np.array([each.share for each in rows], dtype=np.int32)
    return SkillAsked(np.concatenate((skill.places, places)), np.concatenate((skill.shares, shares)), tuple(called))
