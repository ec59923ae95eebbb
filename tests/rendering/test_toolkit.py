"""The application toolkit: documents made of a guide, filled with a visitor's strengths, as pages and as files."""

import re
from io import BytesIO
from typing import Any

import docx
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from guides.rendering import prose
from guides.rendering.toolkit import DOCUMENTS, NO_STRENGTHS, Material, Strengths, documents, label, markdown, word
from guides.schema import Guide
from tests.helpers.factories import a_guide, an_edition, day
from tests.helpers.hypothesis_profile import examples
from tests.helpers.statistics import own_headline
from tests.helpers.strategies import guides
from tests.reading.test_pages import words

TOOLKIT = "/guides/lighthouse-keeper/toolkit/"


def material(strengths: Strengths = NO_STRENGTHS, **changes: Any) -> Material:
    guide = a_guide(**changes)
    return Material(guide, prose.render_all(guide), strengths, own_headline(guide))


def told(kind: str, strengths: Strengths = NO_STRENGTHS, **changes: Any) -> str:
    return markdown.render(DOCUMENTS[kind](material(strengths, **changes)))


def strengths(*slugs: str, **confirmed: Any) -> Strengths:
    skills = {skill.slug: skill for skill in a_guide().skills}
    return Strengths(tuple(skills[slug] for slug in slugs), **confirmed)


SYSTEMS = [
    {"slug": name.lower(), "name": name, "kind": "tool", "one_of": "One EHR system", "purpose": f"To use {name}."}
    for name in ("Epic", "Cerner", "Meditech")
]


def test_a_resume_outline_claims_no_skill_that_nobody_confirmed() -> None:
    skills = [
        {
            "slug": "lamps",
            "name": "Lamps",
            "kind": "tool",
            "aliases": ["Lanterns", "LMP", "LAMPX"],
            "importance": "useful",
        },
        {"slug": "fog", "name": "Fog signals", "kind": "technical", "importance": "essential"},
        {"slug": "card", "name": "Keeper’s card", "kind": "certificate"},
    ]
    assert told("resume", skills=skills) == (
        "# Résumé outline: Lighthouse Keeper\n\n"
        "Replace the brackets with your own details. Delete anything that doesn’t apply.\n\n"
        "## [Your name]\n\n[City, state] · [Phone] · [Email]\n\n"
        "### Summary\n\n[Current job title] with [number] years in [field]. "
        "Strengths: [your three best skills, such as Fog signals; Lamps]. [One result, with a number.]\n\n"
        "### Experience\n\n#### [Current job title] *[Month year] – present*\n\n[Employer], [city, state]\n\n"
        "- [Trim the lamp: what you did, how many or how often, and the result]\n\n"
        "#### [Earlier job title] *[Month year] – [month year]*\n\n[Employer], [city, state]\n\n"
        "- [A task like those above, in any industry, with a number]\n\n"
        "### Education\n\n[Degree, diploma, or course], [school], [year]\n\n"
        "### Certificates\n\n[A certificate that you hold, such as Keeper’s card], [who issued it, when]\n\n"
        "### Skills\n\n- **Technical skills**: [such as Fog signals]\n- **Tools**: [such as Lamps]\n\n"
        "## Résumé\n\nName your lamps.\n"
    )


def test_a_cover_letter_outline_has_a_body_with_blanks() -> None:
    assert told("cover-letter") == (
        "# Cover letter outline: Lighthouse Keeper\n\n"
        "Replace the brackets with your own words. One page is enough.\n\n"
        "## [Your name]\n\n[City, state] · [Phone] · [Email]\n\n[Date]\n\n"
        "Dear \\[name of the hiring manager, or Hiring Team\\]:\n\n"
        "I am applying for the position of Lighthouse Keeper, which I found [where]. I now work as [job title] at "
        "[employer], where I [your main task, with a number].\n\n"
        "In my last job, [what was wrong, and for whom]. I [what you did, step by step]. As a result, [what changed, "
        "with a number]. I would bring the same care to [a duty of the posting, such as “Trim the lamp”].\n\n"
        "These strengths match your posting: [skills of the posting that you have, such as Lamps; Patience; "
        "Telescope]. [Say in a sentence where you used each one.]\n\n"
        "I want to work for [employer] because [what you know and like about the place or the people it serves].\n\n"
        "I can start [date or time after an offer], and I would be glad to tell you more in an interview. "
        "You can reach me at [phone] or [email]. Thank you for your time.\n\n"
        "Sincerely,\n\n[Your name]\n"
    )


def test_strengths_fill_the_outlines() -> None:
    resume = told("resume", strengths("telescope", years=4))
    assert "with 4 years in [field]. Strengths: Telescope." in resume
    assert resume.endswith("### Skills\n\n- **Tools**: Telescope\n\n## Résumé\n\nName your lamps.\n")
    letter = told("cover-letter", strengths("telescope", experience="6 years of work at sea"))
    assert "I bring 6 years of work at sea, most recently as [job title] at [employer]." in letter
    assert "These strengths match your posting: Telescope. [Say" in letter


def test_confirmed_education_and_experience_fill_the_resume() -> None:
    resume = told("resume", strengths(education="bachelor", experience="6 years of work at sea", years=1))
    assert "[Current job title] with 6 years of work at sea. Strengths: [" in resume
    assert "### Education\n\nBachelor’s degree, [school], [year]\n" in resume
    assert "with 1 year in [field]." in told("resume", strengths(years=1))
    unknown = told("resume", strengths(education="none", years=0))
    assert "with [number] years in [field]." in unknown
    assert "[Degree, diploma, or course], [school], [year]" in unknown


def test_confirmed_skills_have_their_abbreviations() -> None:
    skills = [
        {"slug": "lamps", "name": "Lamps", "kind": "tool", "aliases": ["Lanterns", "LMP", "LAMPX"]},
        {"slug": "card", "name": "Keeper’s card", "kind": "certificate"},
    ]
    resume = told("resume", Strengths(a_guide(skills=skills).skills), skills=skills)
    assert "- **Tools**: Lamps (LMP)\n" in resume
    assert "### Certificates\n\n- **Keeper’s card**: [who issued it, when]\n" in resume


def test_alternatives_are_named_once() -> None:
    assert "- **Tools**: [such as Epic]\n" in told("resume", skills=SYSTEMS)
    assert "that you have, such as Epic]. [Say" in told("cover-letter", skills=SYSTEMS)
    assert "### Nice to have\n\n- One EHR system such as Epic\n\n" in told("job-description", skills=SYSTEMS)


def test_an_example_of_alternatives_is_a_product_and_not_in_their_name_already() -> None:
    records = {"slug": "records", "name": "Electronic records", "kind": "tool", "one_of": "One EHR system"}
    epic = SYSTEMS[0] | {"broader": {"slug": "records", "name": "Electronic records"}}
    languages = [
        {"slug": name.lower(), "name": name, "kind": "soft", "one_of": "Spanish or another language"}
        for name in ("Spanish", "Tagalog")
    ]
    job = told("job-description", skills=[records, epic, *languages])
    assert "### Nice to have\n\n- One EHR system such as Epic\n- Spanish or another language\n\n" in job


def test_a_guide_without_skills_gets_brackets() -> None:
    assert "Strengths: [your best skills]." in told("resume", skills=[])
    assert "[The skills of the posting that you have.]" in told("resume", skills=[])
    assert "posting: [skills of the posting that you have]. [Say" in told("cover-letter", skills=[])


def test_brackets_that_would_make_a_link_are_escaped() -> None:
    asked = [{"theme": "[x](y)", "question": "[a]: /b", "shows": "c"}]
    html = MarkdownIt().render(told("interview", interview=asked))
    assert "<a" not in html
    assert "[x](y)" in html


def test_interview_questions_are_grouped_by_theme() -> None:
    asked = [
        {"theme": "Nights", "question": "Do you sleep?", "shows": "That you do *not*."},
        {"theme": "Days", "question": "Tell me of a day.", "shows": "It was long."},
        {"theme": "Nights", "question": "And in fog", "shows": "You sound the horn."},
    ]
    text = told("interview", interview=asked)
    assert (
        "## Nights\n\n- **Do you sleep?** That you do *not*.\n- **And in fog**: You sound the horn.\n\n"
        "## Days\n\n- **Tell me of a day.** It was long.\n\n## About the duties\n\n"
    ) in text
    assert text.count("- What does a typical day look like") == 1


def test_an_employer_can_post_the_job_description() -> None:
    tips = [{"kind": "job-description", "title": "To hire", "body": "Say who climbs the stairs."}]
    ways = [
        {"education": "high-school", "years_from": 1, "experience": "work at sea", "source": "survey-2025"},
        {"education": "associate", "source": "survey-2025"},
    ]
    assert told("job-description", toolkit=tips, requirements=ways) == (
        "# Job description: Lighthouse Keeper\n\n"
        "For employers: edit this template to fit your opening. Replace the text in brackets.\n\n"
        "## Lighthouse Keeper\n\n"
        "[Employer] · [City, state] · [Full time or part time] · [On site, hybrid, or from home]\n\n"
        "### About the job\n\n"
        "Join [employer] as our next Lighthouse Keeper. [One sentence about the team and whom it serves.]\n\n"
        "### What you will do\n\n- **Trim the lamp**: Every evening.\n\n"
        "### Must have\n\n"
        "- A high school diploma or GED and at least 1 year of work at sea; or an associate degree\n- Lamps\n\n"
        "### Nice to have\n\n- Patience\n- Telescope\n\n"
        "### Pay and benefits\n\nPay range: [$40,000 a year]\n\n"
        "[These are published figures for comparison: Lighthouse Keeper; Bureau of Surveys, 2025. "
        "Replace them with your own range.]\n\n"
        "Hours: [days and hours]. Benefits: [health insurance, time off, retirement plan, training].\n\n"
        "### How to apply\n\nSend [résumé and other documents] to [contact] by [date].\n\n"
        "[Employer] is an equal opportunity employer. We consider all qualified applicants without regard to race, "
        "color, religion, sex, sexual orientation, gender identity, national origin, age, disability, genetic "
        "information, veteran status, or any other status protected by law. If you need an accommodation to apply, "
        "contact [name, phone, or email].\n\n"
        "## To hire\n\nSay who climbs the stairs.\n"
    )


def test_examples_are_marked_as_made_up() -> None:
    example = documents(a_guide())
    assert list(example) == [
        "resume-example", "cover-letter-example", "resume", "cover-letter", "interview", "job-description",
    ]  # fmt: skip
    assert markdown.render(example["resume-example"](material())) == (
        "# Résumé example: Lighthouse Keeper\n\n"
        "How someone from another job applies. Earlier job: Night watchman. Requirement met: School.\n\n"
        "This example is made up. The person, the employers, the schools, and the numbers do not exist.\n\n"
        "## Ann Reed\n\n### Experience\n\n#### Watchman *2020 – 2025*\n\n- Watched *two* gates.\n"
    )
    made = docx.Document(BytesIO(word.render(example["cover-letter-example"](material()), at=day(1))))
    assert [paragraph.text for paragraph in made.paragraphs] == ["Ann Reed", "Dear Captain:", "I stay awake."]
    assert [paragraph.text for paragraph in made.sections[0].footer.paragraphs] == [
        "This example is made up. The person, the employers, the schools, and the numbers do not exist."
    ]
    assert list(documents(a_guide(examples=[]))) == list(DOCUMENTS)


def test_links_name_their_documents() -> None:
    guide = a_guide()
    assert [label(kind, guide) for kind in documents(guide)] == [
        "Résumé example", "Cover letter example", "Résumé outline", "Cover letter outline", "Interview questions (1)",
        "Job description",
    ]  # fmt: skip
    assert label("interview", a_guide(interview=[])) == "Interview questions"


@examples(40)
@given(guide=guides(), data=st.data())
def test_any_guide_makes_documents_of_every_kind(guide: Guide, data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(guide.skills), unique=True)) if guide.skills else []
    made = Material(guide, prose.render_all(guide), Strengths(tuple(some)))
    for write in documents(guide).values():
        written = write(made)
        assert markdown.render(written).startswith("# ")
        assert docx.Document(BytesIO(word.render(written, at=day(1)))).core_properties.title == written.title


# Pages


@pytest.mark.django_db
def test_a_toolkit_leads_to_its_documents_and_files() -> None:
    an_edition()
    assert "noindex" not in Client().get(TOOLKIT).content.decode()
    html = Client().get(f"{TOOLKIT}?have=lamps").content.decode()
    assert '<meta name="robots" content="noindex" />' in html
    assert "Filled in with 1 strength from your skills check." in words(html)
    for kind in documents(a_guide()):
        for address in (f"{TOOLKIT}{kind}/", f"{TOOLKIT}{kind}.md", f"{TOOLKIT}{kind}.docx"):
            assert f'href="{address}?have=lamps"' in html
            assert Client().get(address).status_code == 200


def links(html: str) -> list[tuple[str, str]]:
    """The addresses and texts of the links of a passage."""
    return re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>([^<]*)</a>', html)


@pytest.mark.django_db
def test_the_toolkit_of_a_guide_is_a_short_list_of_links() -> None:
    tips = [
        {"kind": kind, "title": f"Your {kind}", "body": f"About the {kind}."}
        for kind in ("interview", "resume", "readiness")
    ]
    an_edition(toolkit=tips)
    chapter = Client().get("/guides/lighthouse-keeper/").content.decode()
    chapter = chapter.partition('<h2 id="toolkit">')[2].partition("</section>")[0].partition('<p class="aside">')[0]
    assert [link for link in links(chapter) if link[1] != "Word"] == [
        (f"{TOOLKIT}resume-example/", "Résumé example"),
        (f"{TOOLKIT}cover-letter-example/", "Cover letter example"),
        (f"{TOOLKIT}resume/", "Résumé outline"),
        (f"{TOOLKIT}cover-letter/", "Cover letter outline"),
        (f"{TOOLKIT}interview/", "Interview questions (1)"),
        (f"{TOOLKIT}job-description/", "Job description"),
        (
            "/guides/lighthouse-keeper/skills-check/",
            "Check your skills first, and we’ll put your strengths into the outlines",
        ),
    ]
    assert [address for address, text in links(chapter) if text == "Word"] == [
        f"{TOOLKIT}{kind}.docx"
        for kind in ("resume-example", "cover-letter-example", "resume", "cover-letter", "job-description")
    ]
    assert re.findall(r'id="(toolkit-\d)"', chapter) == ["toolkit-2", "toolkit-1", "toolkit-3"]
    assert "Your readiness About the readiness." in words(chapter)
    assert "About the resume" not in chapter


@pytest.mark.django_db
def test_an_example_and_its_outline_link_to_each_other() -> None:
    an_edition()
    outline = Client().get(f"{TOOLKIT}resume/?have=lamps").content.decode()
    assert (f"{TOOLKIT}resume-example/?have=lamps", "See a finished example") in links(outline)
    example = Client().get(f"{TOOLKIT}resume-example/?have=lamps").content.decode()
    assert (f"{TOOLKIT}resume/?have=lamps", "Start with an outline") in links(example)
    assert re.findall(r"<(h\d)>([^<]*)", example) == [
        ("h1", "Résumé example: Lighthouse Keeper"), ("h2", "Ann Reed"), ("h3", "Experience"), ("h4", "Watchman "),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_document_is_the_same_as_page_and_as_file() -> None:
    an_edition()
    for kind in documents(a_guide()):
        page = words(Client().get(f"{TOOLKIT}{kind}/?have=lamps").content.decode())
        text = Client().get(f"{TOOLKIT}{kind}.md?have=lamps").content.decode()
        for line in filter(None, MarkdownIt().render(text).split("\n")):
            assert words(line) in page


@pytest.mark.django_db
def test_files_have_their_types_and_names() -> None:
    an_edition()
    document = Client().get(f"{TOOLKIT}resume.docx")
    assert document.headers["Content-Type"] == word.TYPE
    assert document.headers["Content-Disposition"] == 'attachment; filename="lighthouse-keeper-resume.docx"'
    assert Client().get(f"{TOOLKIT}resume.md").headers["Content-Type"] == "text/markdown; charset=utf-8"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["readiness/", "resume.pdf", "nothing.md", "skills-gap.docx", "resume-example/"])
def test_other_documents_are_not_found(path: str) -> None:
    an_edition(examples=[])
    assert Client().get(f"{TOOLKIT}{path}").status_code == 404


@pytest.mark.django_db
def test_a_page_of_a_document_renders_no_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    an_edition()
    for name in ("parse", "parseInline"):
        monkeypatch.setattr(MarkdownIt, name, lambda *_: pytest.fail("a reader's page rendered Markdown"))
    for path in ("", *(f"{kind}/" for kind in documents(a_guide()))):
        assert Client().get(f"{TOOLKIT}{path}").status_code == 200


@pytest.mark.django_db
def test_answers_of_the_check_fill_the_resume() -> None:
    way = {"years_from": 1, "experience": "work at sea", "source": "survey-2025"}
    an_edition(requirements=[way])
    query = "have=lamps&some=telescope&education=associate&experience=work-at-sea:2"
    text = Client().get(f"{TOOLKIT}resume.md?{query}").content.decode()
    assert "with 2 years of work at sea. Strengths: Lamps." in text
    assert "Telescope" not in text
    assert "Associate degree, [school], [year]" in text
