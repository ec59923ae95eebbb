"""A whole guide as one Markdown text."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from guides.choices import Chapter, FactKind, Importance, Proficiency, Relation, SkillKind
from guides.media import names
from guides.schema import Guide, KeyFact, RoleSkill, SalaryBand, Source
from guides.statistics.official import RoleStatistics
from guides.summary import summary_requirements

from . import figures, official_markdown, requirement_words
from .citations import Cite, Numbers, number_sources, numbered
from .official import Official, first_facts, official_figures
from .plain_markdown import below, one_line, plain
from .toolkit import example

NO_STATISTICS = RoleStatistics()


def render(guide: Guide, statistics: RoleStatistics = NO_STATISTICS) -> str:
    """Return the guide's chapters in reading order, with numbered sources at the end."""
    official = official_figures(guide, statistics)
    numbers = number_sources(guide, official.sources)

    def cite(source: str | Source) -> str:
        return rf" \[{numbers[source]}\]" if source else ""

    blocks = (*_head(guide, official, cite), *_chapters(guide, official, cite), *_sources(numbers))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _head(guide: Guide, official: Official, cite: Cite) -> Iterator[str]:
    yield f"# {plain(guide.title)}"
    if guide.alternative_titles:
        yield f"{_('Also called')} {plain(', '.join(guide.alternative_titles))}"
    yield plain(guide.summary)
    if guide.field:
        yield f"{_('Field of work:')} {plain(guide.field.name)}"
    if guide.reviewed_on:
        yield _("Reviewed %s.") % figures.day(guide.reviewed_on)
    if guide.picture:
        yield names.markdown_of(guide.picture.name, plain(guide.picture.alt))
    facts = (*official_markdown.facts(official, cite), *(_fact(fact, cite) for fact in first_facts(guide)))
    if facts:
        yield f"## {_('Key facts')}"
        yield "\n".join(facts)
    yield from official_markdown.quotes(official, cite)


def _fact(fact: KeyFact, cite: Cite) -> str:
    value = figures.measure(fact.value) if fact.value else ""
    text = "; ".join(filter(None, (value, plain(fact.short), one_line(fact.text))))
    return f"- **{FactKind(fact.kind).label}:** {text}{cite(fact.source)}"


def _chapters(guide: Guide, official: Official, cite: Cite) -> Iterator[str]:
    parts = _parts(guide, cite)
    openings = {
        Chapter.ENTRY: [*_requirements(guide, cite)],
        Chapter.PAY: official_markdown.pay(official, cite),
        Chapter.OUTLOOK: official_markdown.outlook(official, guide, cite),
    }
    for chapter in Chapter:
        sections = [section for section in guide.sections if section.chapter == chapter]
        blocks = [*openings.get(chapter, ())]
        blocks += [below(section.body, 2) for section in sections if not section.heading]
        blocks += parts.get(chapter, ())
        for section in sections:
            blocks += [f"### {plain(section.heading)}", below(section.body)] if section.heading else []
        if any(blocks):
            yield f"## {chapter.label}"
            yield from blocks


def _parts(guide: Guide, cite: Cite) -> dict[Chapter, list[str]]:
    def related(relation: Relation) -> list[str]:
        return _list(relation.label, [(role.title, role.note) for role in guide.related if role.relation == relation])

    def skills(kind: SkillKind) -> list[str]:
        of_kind = [skill for skill in guide.skills if skill.kind == kind]
        return _list(kind.label, [(_labeled_skill(skill), _skill_text(skill, cite)) for skill in of_kind])

    def considerations(kind: str, heading: str) -> list[str]:
        return _list(heading, [(row.title, row.detail) for row in guide.considerations if row.kind == kind])

    def pay(*bases: str) -> str:
        return _pay([band for band in guide.pay if band.basis in bases], cite)

    return {
        Chapter.ROLE: related(Relation.DIFFERENT),
        Chapter.DUTIES: [_terms((duty.title, duty.detail) for duty in guide.responsibilities)],
        Chapter.TOOLS: skills(SkillKind.TOOL),
        Chapter.SKILLS: [
            *skills(SkillKind.TECHNICAL),
            *skills(SkillKind.SOFT),
            *skills(SkillKind.CERTIFICATE),
        ],
        Chapter.ENTRY: [
            *_headed((f"{number}. {plain(step.title)}", step.body) for number, step in enumerate(guide.steps, start=1)),
            *related(Relation.FROM),
        ],
        Chapter.EDUCATION: [*_routes(guide, cite)],
        Chapter.PAY: [*official_markdown.quoted_pay(guide), pay("headline", "experience"), pay("level")],
        Chapter.PATH: [*_ladder(guide, cite), *related(Relation.NEXT)],
        Chapter.ABROAD: [pay("country")],
        Chapter.BALANCE: [*considerations("pro", _("Pros")), *considerations("con", _("Cons"))],
        Chapter.QUESTIONS: [*_headed((plain(faq.question), faq.answer) for faq in guide.faqs)],
        Chapter.TOOLKIT: [
            *_headed((plain(item.title), item.body) for item in guide.toolkit),
            *_examples(guide),
            *_list(_("Interview questions"), [(row.question, row.shows) for row in guide.interview]),
        ],
        Chapter.RELATED: related(Relation.SIMILAR),
    }


def _examples(guide: Guide) -> Iterator[str]:
    for row in guide.examples:
        yield f"### {plain(_('Example: from %(job)s to %(role)s') % {'job': row.from_job, 'role': guide.title})}"
        yield f"{example.notice()} {plain(_('Requirement met: %s.') % row.meets)}"
        yield below(row.resume)
        yield below(row.letter)


def _requirements(guide: Guide, cite: Cite) -> Iterator[str]:
    if not guide.requirements:
        return
    yield f"### {_('What you need')}"
    if len(guide.requirements) > 1:
        yield _("One of these is enough:")
    ways = zip(map(requirement_words.sentence, summary_requirements(guide)), guide.requirements, strict=True)
    yield "\n".join(f"- {plain(text)}{cite(way.source)} {one_line(way.note)}".rstrip() for text, way in ways)


def _skill_text(skill: RoleSkill, cite: Cite) -> str:
    """Return what a skill is for, how to gain it, and the facts of a certificate."""
    facts = skill.certificate
    issued = f"{plain(requirement_words.certificate(facts))}{cite(facts.source)}" if facts else ""
    return " ".join(filter(None, (skill.purpose, issued, skill.gained)))


def _routes(guide: Guide, cite: Cite) -> Iterator[str]:
    for route in guide.routes:
        yield f"### {plain(route.title)}"
        cost = figures.cost(route.cost) if route.cost else ""
        duration = figures.measure(route.duration) if route.duration else ""
        yield ", ".join(filter(None, (cost, duration))) + cite(route.source)
        yield below(route.body)


def _labeled_skill(skill: RoleSkill) -> str:
    """Return a skill with its labels, such as 'Lamps (essential, independent)', after the label of its alternatives."""
    labels = [str(Importance(skill.importance).label).lower()]
    labels += [str(Proficiency(skill.proficiency).label).lower()] if skill.proficiency else []
    alternatives = f"{skill.one_of}: " if skill.one_of else ""
    return f"{alternatives}{skill.name} ({', '.join(labels)})"


def _ladder(guide: Guide, cite: Cite) -> Iterator[str]:
    for level in guide.levels:
        yield f"### {plain(level.title)}"
        yield f"{figures.years(level)}{cite(level.source)}"
        yield below(level.summary)
        if level.focus:
            yield f"**{_('Work on')}**"
            yield below(level.focus)


def _pay(bands: Sequence[SalaryBand], cite: Cite) -> str:
    lines = []
    for band in bands:
        amounts = ", ".join(filter(None, (figures.pay(band), figures.more_pay(band))))
        lines.append(f"- **{plain(figures.band_name(band))}:** {amounts}{cite(band.source)}")
    return "\n".join(lines)


def _sources(numbers: Numbers) -> Iterator[str]:
    if numbers:
        yield f"## {_('Sources')}"
        yield "\n".join(f"{number}. {_source(source)}" for number, source in numbered(numbers))


def _source(source: Source) -> str:
    title = f"{plain(source.publisher)}: *{plain(source.title)}*"
    return ", ".join(filter(None, (title, figures.covered(source), source.address)))


def _headed(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a heading and prose for each row."""
    for heading, text in rows:
        yield f"### {heading}"
        yield below(text)


def _list(heading: object, rows: Sequence[tuple[str, str]]) -> list[str]:
    """Return a heading and a list of names with details, or nothing if there are no rows."""
    return [f"### {heading}", _terms(rows)] if rows else []


def _terms(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- **{_ended(plain(name))}** {one_line(detail)}".rstrip() for name, detail in rows)


def _ended(name: str) -> str:
    return name if name.endswith(("?", "!", ".")) else f"{name}."
