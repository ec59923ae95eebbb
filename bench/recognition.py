"""Precision and recall of résumé recognition, on short résumés that people annotated without seeing the code."""

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
    """The numbers of true positives, false positives and false negatives."""

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
    """A difference between the program and the annotation."""

    resume: str
    kind: str
    slug: str


def corpus(part: str) -> Iterator[Resume]:
    """Yield the résumés of a folder of the corpus, by name."""
    for path in sorted((CORPUS / part).glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield Resume(f"{part}/{path.stem}", data["text"], frozenset(data["skills"]), frozenset(data["titles"]))


def judge(resumes: Iterable[Resume], *, at: datetime) -> tuple[dict[str, Score], tuple[Miss, ...]]:
    """Return the scores of skills and titles, and all differences."""
    counts = {"skills": [0, 0, 0], "titles": [0, 0, 0]}
    misses: list[Miss] = []
    for resume in resumes:
        found = recognize(resume.text, at=at)
        for kind, has, expected in (
            ("skills", {skill.slug for skill in found.skills}, resume.skills),
            ("titles", {title.slug for title in found.titles}, resume.titles),
        ):
            for place, slugs in enumerate((has & expected, has - expected, expected - has)):
                counts[kind][place] += len(slugs)
            misses += [Miss(resume.name, f"{kind}, found wrongly", slug) for slug in sorted(has - expected)]
            misses += [Miss(resume.name, f"{kind}, missed", slug) for slug in sorted(expected - has)]
    return {kind: Score(*counts[kind]) for kind in counts}, tuple(misses)


def rows(*, at: datetime) -> Iterator[tuple[str, ...]]:
    """Yield the counts, precision, recall and milliseconds per résumé, for each part of the corpus and for all."""
    parts = {part: tuple(corpus(part)) for part in PARTS}
    for part, resumes in (*parts.items(), ("all", sum(parts.values(), ()))):
        began = time.perf_counter()
        scores, _misses = judge(resumes, at=at)
        each = (time.perf_counter() - began) / len(resumes) * 1_000
        for what, score in scores.items():
            counts = (len(resumes), what, score.right, score.wrong, score.missed)
            yield part, *map(str, counts), f"{score.precision:.3f}", f"{score.recall:.3f}", f"{each:.0f}"
