"""Precision and recall of résumé recognition, on short résumés that people annotated without seeing the code."""

import re
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from guides.choices import SkillKind
from guides.reading.index.live_data import live_data
from guides.reading.index.skill_index import SkillIndex
from guides.reading.resume.recognition import Recognized, recognize

CORPUS = Path(__file__).parent / "resumes"

NEW_SKILLS = frozenset({"another-language", "cash-handling", "cpr-bls", "customer-service", "spanish", "typing"})
"""Skills that are newer than the annotations without the key `new_skills`. Those résumés do not count for them."""

MERGED = {"telemedicine-platforms": "telehealth-platform-management"}
"""Skills that the annotations have under their old slugs."""


_COMMON_WORDS = frozenset({"and", "card", "certified", "license", "medical", "state"})


class Resume(NamedTuple):
    """A résumé, and what a person finds in it: slugs of skills and of guides' titles, and other facts.

    `ignored` are skills that the annotator did not look for. A fact that is None was not annotated.
    """

    name: str
    text: str
    skills: frozenset[str]
    titles: frozenset[str]
    ignored: frozenset[str] = frozenset()
    education: str | None = None
    health_years: int | None = None
    languages: frozenset[str] | None = None
    licenses: frozenset[str] | None = None


class Score(NamedTuple):
    """The numbers of true positives, false positives and false negatives."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong or 1)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed or 1)


class Miss(NamedTuple):
    """A difference between the program and the annotation."""

    resume: str
    kind: str
    slug: str


def parts() -> tuple[str, ...]:
    """Return the names of the folders of the corpus."""
    return tuple(sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir()))


def corpus(part: str) -> Iterator[Resume]:
    """Yield the résumés of a folder of the corpus, by name."""
    for path in sorted((CORPUS / part).glob("*.yaml")):
        yield _resume(f"{part}/{path.stem}", yaml.safe_load(path.read_text(encoding="utf-8")))


def _resume(name: str, data: dict[str, Any]) -> Resume:
    skills = frozenset(MERGED.get(slug, slug) for slug in (*data["skills"], *data.get("new_skills", ())))
    return Resume(
        name,
        data["text"],
        skills,
        frozenset(data["titles"]),
        ignored=frozenset() if "new_skills" in data else NEW_SKILLS,
        education=data.get("education"),
        health_years=data.get("years", {}).get("health", 0) if "education" in data else None,
        languages=frozenset(data["languages"]) if "languages" in data else None,
        licenses=frozenset(data["licenses"]) if "licenses" in data else None,
    )


def judge(resumes: Iterable[Resume], *, at: datetime) -> tuple[dict[str, Score], tuple[Miss, ...]]:
    """Return the scores of each kind of finding that the résumés are annotated with, and all differences."""
    known = live_data(at=at).skills
    counts: dict[str, list[int]] = {}
    misses: list[Miss] = []
    for resume in resumes:
        for kind, has, expected in _comparisons(resume, recognize(resume.text, at=at), known):
            count = counts.setdefault(kind, [0, 0, 0])
            for place, slugs in enumerate((has & expected, has - expected, expected - has)):
                count[place] += len(slugs)
            misses += [Miss(resume.name, f"{kind}, found wrongly", slug) for slug in sorted(has - expected)]
            misses += [Miss(resume.name, f"{kind}, missed", slug) for slug in sorted(expected - has)]
    return {kind: Score(*counts[kind]) for kind in counts}, tuple(misses)


def _comparisons(
    resume: Resume, found: Recognized, known: SkillIndex
) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """Yield each kind of finding, what the program found, and what it should find."""
    skills = frozenset(skill.slug for skill in found.skills)
    follow = frozenset(known.broader[slug] for slug in resume.skills & known.broader.keys()) - resume.skills
    ignored = resume.ignored | follow
    yield "skills", skills - ignored, (resume.skills & known.labels.keys()) - ignored
    yield "titles", frozenset(title.slug for title in found.titles), resume.titles
    facts = found.facts
    if resume.education is not None:
        level = facts.education.level.value if facts.education else "unknown"
        yield "education", frozenset({level}) - {"unknown"}, frozenset({resume.education}) - {"unknown"}
    if resume.health_years is not None:
        yield "years in health care", *_years(facts.health_years, resume.health_years)
    if resume.languages is not None:
        yield "languages", frozenset(fact.value for fact in facts.languages), resume.languages
    if resume.licenses is not None:
        certificates = (
            f"{skill.name} {skill.slug}"
            for skill in found.skills
            if known.labels[skill.slug].kind == SkillKind.CERTIFICATE
        )
        yield "licenses", *_alike((*certificates, *(fact.value for fact in facts.licenses)), resume.licenses)


def _years(found: int | None, expected: int) -> tuple[frozenset[str], frozenset[str]]:
    """Return both numbers of years as findings. They are equal if they differ by at most one."""
    alike = found is not None and abs(found - expected) <= 1
    has = expected if alike else found
    return tuple(frozenset({str(years)}) if years else frozenset() for years in (has, expected))  # type: ignore[return-value]


def _alike(found: Iterable[str], expected: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Replace each finding by an expected one that shares a word with it: 'BLS' by 'CPR/BLS'."""
    words = {name: frozenset(re.findall(r"\w+", name.lower())) - _COMMON_WORDS for name in (*found, *expected)}
    alike = (next((other for other in sorted(expected) if words[name] & words[other]), name) for name in found)
    return frozenset(alike), expected


def rows(*, at: datetime) -> Iterator[tuple[str, ...]]:
    """Yield the counts, precision, recall and milliseconds per résumé, for each part of the corpus and for all."""
    corpora = {part: tuple(corpus(part)) for part in parts()}
    for part, resumes in (*corpora.items(), ("all", sum(corpora.values(), ()))):
        began = time.perf_counter()
        scores, _misses = judge(resumes, at=at)
        each = (time.perf_counter() - began) / len(resumes) * 1_000
        for what, score in scores.items():
            counts = (len(resumes), what, score.right, score.wrong, score.missed)
            yield part, *map(str, counts), f"{score.precision:.3f}", f"{score.recall:.3f}", f"{each:.0f}"
