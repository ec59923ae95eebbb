"""Rules about skills: importance, ways to gain the essential ones, alternatives, and what counts twice."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from guides import words
from guides.schema import Guide
from guides.skill_groups import skill_groups

from .finding import Finding, Rule, error, note, warning

MAX_SKILL_GROUPS = 24
"""Skills that a role can require, with alternatives counted once, before its shares are lower than those of others."""


def find(guide: Guide) -> Iterator[Finding]:
    yield from _weigh_the_same(guide)
    yield from _alternatives(guide)
    yield from _counted_twice(guide)
    yield from _too_many(guide)
    yield from _certificates(guide)
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


def _alternatives(guide: Guide) -> Iterator[Finding]:
    places = {skill.slug: index for index, skill in enumerate(guide.skills)}
    for label, skills in skill_groups(guide.skills):
        index, first = places[skills[0].slug], skills[0]
        if label and len(skills) == 1:
            message = _(
                "‘%(skill)s’ is the only skill of ‘%(label)s’. Enter the same name for its alternatives, or clear "
                "‘one of’."
            )
            names = {"skill": first.name, "label": label}
            yield warning(Rule.LONE_ALTERNATIVE, f"skills.{index}.one_of", message % names, *names.values())
        if other := next((skill for skill in skills if skill.importance != first.importance), None):
            message = _(
                "‘%(first)s’ and ‘%(other)s’ are alternatives (‘%(label)s’), but one is more important. Give all of "
                "them the same importance, because one is enough."
            )
            names = {"first": first.name, "other": other.name, "label": label}
            place = f"skills.{places[other.slug]}.importance"
            of_group = sorted(f"{skill.name} {skill.importance}" for skill in skills)
            yield warning(Rule.UNEQUAL_ALTERNATIVES, place, message % names, label, *of_group)


def _counted_twice(guide: Guide) -> Iterator[Finding]:
    """Yield a note per skill that the role requires in addition to narrower ones, which include it."""
    for index, skill in enumerate(guide.skills):
        narrower = [
            other.name
            for other in guide.skills
            if other.broader and other.broader.slug == skill.slug and (not skill.one_of or other.one_of != skill.one_of)
        ]
        if narrower:
            message = _(
                "‘%(skill)s’ counts in addition to %(narrower)s, which include it. Remove it, remove those, or make "
                "them alternatives under ‘one of’."
            )
            names = {"skill": skill.name, "narrower": ", ".join(f"‘{name}’" for name in narrower)}
            yield note(Rule.SKILL_AND_BROADER, f"skills.{index}", message % names, skill.name, *sorted(narrower))


def _too_many(guide: Guide) -> Iterator[Finding]:
    count = len(skill_groups(guide.skills))
    if count > MAX_SKILL_GROUPS:
        message = _(
            "The role requires %(count)d skills, with alternatives counted once. Readers reach a lower share of it "
            "than of other roles. Leave at most %(most)d: remove what few employers require, or make alternatives."
        )
        yield warning(Rule.TOO_MANY_SKILLS, "skills", message % {"count": count, "most": MAX_SKILL_GROUPS}, count)


def _certificates(guide: Guide) -> Iterator[Finding]:
    for index, skill in enumerate(guide.skills):
        if skill.kind == "certificate" and skill.certificate is None:
            message = _(
                "The certificate ‘%s’ has no facts. Add its issuer, who can take the exam, and its fee on the page of "
                "the skill."
            )
            yield note(Rule.CERTIFICATE_WITHOUT_FACTS, f"skills.{index}.certificate", message % skill.name, skill.name)
