"""Rules about skills: different importance, and ways to gain the essential ones."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from guides import words
from guides.schema import Guide

from .finding import Finding, Rule, error, warning


def find(guide: Guide) -> Iterator[Finding]:
    yield from _weigh_the_same(guide)
    ways = {words.key(title) for title in (*(s.title for s in guide.steps), *(r.title for r in guide.routes))}
    for index, skill in enumerate(guide.skills):
        for title in skill.gained_by:
            if words.key(title) not in ways:
                message = _(
                    "‘%(skill)s’ is gained by ‘%(title)s’, but no entry step or education route has this title. Use "
                    "one of their titles."
                )
                params = {"skill": skill.name, "title": title}
                yield error(Rule.UNKNOWN_WAY, f"skills.{index}.gained_by", message % params, skill.name, title)
        if skill.importance == "essential" and not skill.gained and not skill.gained_by:
            message = _(
                "The guide does not say how to gain the essential skill ‘%s’. Explain it, or name steps or routes."
            )
            yield warning(Rule.SKILL_WITHOUT_WAY, f"skills.{index}.gained", message % skill.name, skill.name)


def _weigh_the_same(guide: Guide) -> Iterator[Finding]:
    weights = {skill.importance for skill in guide.skills}
    if len(guide.skills) > 1 and len(weights) == 1:
        message = _(
            "All skills have the same importance, so a skills check cannot order them. Choose the essential ones."
        )
        yield warning(Rule.SKILLS_WEIGH_THE_SAME, "skills", message, *weights)
