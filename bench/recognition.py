"""How well résumés are read: precision and recall over short ones, marked by people who had not seen the code."""

import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import yaml

from guides.reading.resume.recognition import recognize

PARTS = ("tuned", "unseen")

CORPUS = Path(__file__).parent / "resumes"


class Resume(NamedTuple):
    """A résumé, and the slugs of skills and of guides' titles that a person finds in it."""

    name: str
    text: str
    skills: frozenset[str]
    titles: frozenset[str]


class Score(NamedTuple):
    """How many were found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)


class Miss(NamedTuple):
    """Where the program and the person differ."""

    resume: str
    kind: str
    slug: str


def corpus(part: str) -> Iterator[Resume]:
    """The résumés of a folder of the corpus, in the order of their names."""
    for path in sorted((CORPUS / part).glob("*.yaml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield Resume(f"{part}/{path.stem}", told["text"], frozenset(told["skills"]), frozenset(told["titles"]))


def judge(resumes: Iterable[Resume], *, at: datetime) -> tuple[dict[str, Score], tuple[Miss, ...]]:
    """The scores of skills and of titles, and all that was found wrongly or missed."""
    counts = {"skills": [0, 0, 0], "titles": [0, 0, 0]}
    misses: list[Miss] = []
    for resume in resumes:
        found = recognize(resume.text, at=at)
        for kind, has, told in (
            ("skills", {skill.slug for skill in found.skills}, resume.skills),
            ("titles", {title.slug for title in found.titles}, resume.titles),
        ):
            for place, slugs in enumerate((has & told, has - told, told - has)):
                counts[kind][place] += len(slugs)
            misses += [Miss(resume.name, f"{kind}, found wrongly", slug) for slug in sorted(has - told)]
            misses += [Miss(resume.name, f"{kind}, missed", slug) for slug in sorted(told - has)]
    return {kind: Score(*counts[kind]) for kind in counts}, tuple(misses)


def rows(*, at: datetime) -> Iterator[tuple[str, ...]]:
    """For each part of the corpus, and for both: what was found, how well, and how long a résumé took."""
    parts = {part: tuple(corpus(part)) for part in PARTS}
    for part, resumes in (*parts.items(), ("all", sum(parts.values(), ()))):
        began = time.perf_counter()
        scores, _misses = judge(resumes, at=at)
        each = (time.perf_counter() - began) / len(resumes) * 1_000
        for what, score in scores.items():
            counts = (len(resumes), what, score.right, score.wrong, score.missed)
            yield part, *map(str, counts), f"{score.precision:.3f}", f"{score.recall:.3f}", f"{each:.0f}"
