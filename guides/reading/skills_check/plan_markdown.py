"""The plan of a skills check as a checklist in Markdown."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from guides.rendering import figures, requirement_words
from guides.rendering.citations import cited_in
from guides.rendering.plain_markdown import one_line, plain
from guides.rendering.urls import absolute
from guides.schema import Certificate, Guide, Source

from .plan import Plan, RequirementGap, SkillGap, Way
from .result import CheckResult


def render(guide: Guide, result: CheckResult, address: str) -> str:
    """Return the plan for a guide's role. `address` is the path of the result."""
    return "\n\n".join(block for block in _blocks(guide, result, address) if block) + "\n"


def _blocks(guide: Guide, result: CheckResult, address: str) -> Iterator[str]:
    entry, plan = result.entry, result.plan
    yield f"# {plain(_('My plan: %s') % guide.title)}"
    yield _summary(result)
    if entry.lines:
        yield f"## {_('Requirements')}"
        met = (_task(plain(line.text), is_done=True) for line in entry.lines if line.is_met)
        yield "\n".join((*met, *(_requirement(gap) for gap in plan.requirements)))
    if len(entry.ways) > 1:
        yield _("You need only one of these:")
        yield "\n".join(f"- {plain(way.text)} ({plain(way.cited)})" for way in entry.ways)
    if plan.skills:
        yield f"## {_('Skills to learn')}"
        yield "\n".join(_skill(gap) for gap in plan.skills)
    if result.readiness.strengths:
        yield f"## {_('Skills you have')}"
        yield "\n".join(_task(plain(score.name), is_done=True) for score in result.readiness.strengths)
    if sources := tuple(_sources(guide, plan)):
        yield f"## {_('Sources')}"
        yield "\n".join(f"- {_source(source)}" for source in sources)
    yield f"{_('Change your answers:')} <{absolute(address)}>"


def _summary(result: CheckResult) -> str:
    share = _("You have %s of the skills.") % figures.percent(result.readiness.share) if result.has_skills else ""
    return plain(" ".join(filter(None, (f"{result.entry.headline}." if result.entry.headline else "", share))))


def _task(text: str, *notes: str, is_done: bool = False) -> str:
    return "\n".join((f"- [{'x' if is_done else ' '}] {text}", *(f"  - {note}" for note in notes)))


def _requirement(gap: RequirementGap) -> str:
    return _task(plain(gap.line.task), *map(_way, gap.ways), *_facts(gap.certificate))


def _skill(gap: SkillGap) -> str:
    importance = figures.importance(gap.skill.importance)
    how = (one_line(gap.skill.gained),) if gap.skill.gained else ()
    advice = (plain(gap.advice),) if gap.advice else ()
    text = f"**{plain(gap.name)}** ({importance.lower()})"
    return _task(text, *how, *advice, *map(_way, gap.ways), *_facts(gap.skill.certificate))


def _way(way: Way) -> str:
    """Return the title of a way, and its duration and cost with their source."""
    if way.route is None or not (way.route.duration or way.route.cost):
        return plain(way.title)
    duration = figures.measure(way.route.duration) if way.route.duration else ""
    cost = figures.cost(way.route.cost) if way.route.cost else ""
    return plain(f"{', '.join(filter(None, (way.title, duration, cost)))} ({way.cited})")


def _facts(certificate: Certificate | None) -> Iterator[str]:
    if certificate is None:
        return
    yield plain(requirement_words.certificate(certificate))
    if certificate.eligibility:
        yield plain(_("Who can take the exam: %s") % certificate.eligibility)
    if certificate.training:
        yield plain(_("Required training: %s") % figures.measure(certificate.training))
    if certificate.renewal:
        yield plain(_("Renewal: %s") % certificate.renewal)
    if certificate.address:
        yield f"<{certificate.address}>"


def _sources(guide: Guide, plan: Plan) -> Iterator[Source]:
    """Yield the sources of requirements, certificates, and routes, each once, in the guide's order."""
    gaps: tuple[RequirementGap | SkillGap, ...] = (*plan.requirements, *plan.skills)
    cited = {way.cited for gap in gaps for way in gap.ways if way.route}
    cited |= {figures.cited(gap.source) for gap in gaps if gap.source}
    cited |= {cited_in(guide, way.source) for way in guide.requirements}
    return (source for source in guide.sources if figures.cited(source) in cited)


def _source(source: Source) -> str:
    text = plain(f"{figures.cited(source)}: {source.title}")
    return f"{text} <{source.address}>" if source.address else text
