"""The application toolkit: documents made of a guide, filled with a visitor's strengths, as pages and as files."""

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from guides.choices import ToolkitKind
from guides.rendering import prose
from guides.rendering.toolkit import DOCUMENTS, NO_STRENGTHS, Material, Strengths, markdown, word
from guides.schema import Guide
from tests.helpers.factories import a_guide, an_edition, day
from tests.helpers.hypothesis_profile import examples
from tests.helpers.servers import HANGS
from tests.helpers.statistics import own_headline
from tests.helpers.strategies import guides
from tests.reading.test_pages import words

MISSING = "No LibreOffice: install it (Debian: apt install libreoffice-writer-nogui)."
TOOLKIT = "/guides/lighthouse-keeper/toolkit/"


def material(strengths: Strengths = NO_STRENGTHS, **changes: Any) -> Material:
    guide = a_guide(**changes)
    return Material(guide, prose.render_all(guide), strengths, own_headline(guide))


def told(kind: str, strengths: Strengths = NO_STRENGTHS, **changes: Any) -> str:
    return markdown.render(DOCUMENTS[ToolkitKind(kind)](material(strengths, **changes)))


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
        "## Contact\n\n[Name] · [City, state] · [Phone] · [Email]\n\n"
        "## Summary\n\n[Current job title] with [number] years in [setting or trade]. "
        "Strengths: [your three best skills, such as Fog signals; Lamps]. [A result.]\n\n"
        "## Skills\n\n- **Technical skills**: [such as Fog signals]\n- **Tools**: [such as Lamps]\n\n"
        "## Experience\n\n[Job title], [employer], [from – to]\n\n"
        "[For each job, choose the duties below that you have done. Say how much, how often, and what came of it.]\n\n"
        "- **Trim the lamp**: [what you did, how often, what came of it]\n\n"
        "## Certificates\n\n[A certificate that you hold, such as Keeper’s card], [who issued it, when]\n\n"
        "## Education\n\n[Degree, diploma, or course], [school], [year]\n\n"
        "## Before you send it\n\nName your lamps.\n"
    )


def test_strengths_fill_the_outlines() -> None:
    resume = told("resume", strengths("telescope", years=4))
    assert "with 4 years in [setting or trade]. Strengths: Telescope." in resume
    assert "- **Tools**: Telescope\n\n## Experience" in resume
    letter = told("cover-letter", strengths("telescope"))
    assert "- **Telescope**: [a time you used it" in letter
    assert "Lamps" not in letter


def test_confirmed_education_and_experience_fill_the_resume() -> None:
    resume = told("resume", strengths(education="bachelor", experience="6 years of work at sea", years=1))
    assert "[Current job title] with 6 years of work at sea. Strengths: [" in resume
    assert "## Education\n\nBachelor’s degree, [school], [year]\n" in resume
    assert "with 1 year in [setting or trade]." in told("resume", strengths(years=1))
    unknown = told("resume", strengths(education="none", years=0))
    assert "with [number] years in [setting or trade]." in unknown
    assert "[Degree, diploma, or course], [school], [year]" in unknown


def test_confirmed_skills_have_their_abbreviations() -> None:
    skills = [
        {"slug": "lamps", "name": "Lamps", "kind": "tool", "aliases": ["Lanterns", "LMP", "LAMPX"]},
        {"slug": "card", "name": "Keeper’s card", "kind": "certificate"},
    ]
    resume = told("resume", Strengths(a_guide(skills=skills).skills), skills=skills)
    assert "- **Tools**: Lamps (LMP)\n" in resume
    assert "## Certificates\n\n- **Keeper’s card**: [who issued it, when]\n" in resume


def test_alternatives_are_one_line() -> None:
    assert "- **Tools**: [such as One EHR system: Epic, Cerner, or Meditech]\n" in told("resume", skills=SYSTEMS)
    assert "such as One EHR system: Epic, Cerner, or Meditech, each with a time" in told("cover-letter", skills=SYSTEMS)
    job = told("job-description", skills=SYSTEMS)
    assert "## What helps\n\n- **One EHR system**: Epic, Cerner, or Meditech\n\n" in job


def test_a_job_description_names_a_certificate_without_advice_for_applicants() -> None:
    card = {"slug": "card", "name": "Keeper’s card", "kind": "certificate", "purpose": "Back up your application."}
    assert "## What helps\n\n- Keeper’s card\n\n" in told("job-description", skills=[card])


def test_a_guide_without_skills_gets_brackets() -> None:
    assert "Strengths: [your best skills]." in told("resume", skills=[])
    assert "[The skills of the posting that you have.]" in told("resume", skills=[])
    assert "[Name the skills of the posting that you have, each" in told("cover-letter", skills=[])


def test_brackets_that_would_make_a_link_are_escaped() -> None:
    asked = [{"theme": "[x](y)", "question": "[a]: /b", "shows": "c"}]
    html = MarkdownIt().render(told("interview", interview=asked))
    assert "<a" not in html
    assert "[x](y)" in html


def test_interview_questions_stand_by_theme() -> None:
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
    assert text.count("- What does a usual day look like") == 1


def test_a_job_description_asks_for_what_is_essential_and_tells_whose_figures_it_compares() -> None:
    text = told("job-description")
    assert "## Requirements\n\n- **Lamps**: To keep the light.\n\n## What helps\n\n- Patience\n- Telescope\n" in text
    assert "## Education and experience\n\n- A high school diploma or GED\n- [What you accept instead]\n\n" in text
    assert "Where it can lead: Head Keeper, Inspector." in text
    assert "- **Lighthouse Keeper**: $40,000 a year, median. Bureau of Surveys, 2025." in text


@examples(40)
@given(guide=guides(), data=st.data())
def test_any_guide_makes_documents_of_every_kind(guide: Guide, data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(guide.skills), unique=True)) if guide.skills else []
    made = Material(guide, prose.render_all(guide), Strengths(tuple(some)))
    for write in DOCUMENTS.values():
        written = write(made)
        assert markdown.render(written).startswith("# ")
        assert docx.Document(BytesIO(word.render(written, at=day(1)))).core_properties.title == written.title


def test_a_word_document_says_what_the_markdown_says() -> None:
    body = "Two *soft* and **hard**\nlines.\n\n- one\n- two\n\n1. first\n\n### More\n\n`code`\n\n    block"
    questions = DOCUMENTS[ToolkitKind.INTERVIEW](material(toolkit=[{"kind": "interview", "title": "x", "body": body}]))
    document = docx.Document(BytesIO(word.render(questions, at=day(1))))
    html = MarkdownIt().render(markdown.render(questions))
    written = words(" ".join(p.text for p in document.paragraphs))
    assert written == words(html).replace("two first", "two 1. first")
    assert [(p.style.name, p.text) for p in document.paragraphs if p.style][2:9] == [
        ("Normal", "Two soft and hard lines."), ("List Bullet", "one"), ("List Bullet", "two"),
        ("List", "1. first"), ("Heading 2", "More"), ("Normal", "code"), ("Normal", "block"),
    ]  # fmt: skip
    runs = {run.text: (bool(run.bold), bool(run.italic)) for p in document.paragraphs for run in p.runs}
    assert (runs["soft"], runs["hard"], runs["one"]) == ((False, True), (True, False), (False, False))


def test_a_word_document_is_the_same_whenever_it_is_made() -> None:
    made = word.render(DOCUMENTS[ToolkitKind.RESUME](material()), at=day(2, 3))
    assert {part.date_time for part in ZipFile(BytesIO(made)).infolist()} == {(2026, 2, 3, 0, 0, 0)}
    assert len(made) < 15_000


@pytest.mark.process
def test_libreoffice_opens_the_documents(tmp_path: Path) -> None:
    if not (office := shutil.which("soffice")):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    documents = [tmp_path / f"{kind}.docx" for kind in DOCUMENTS]
    for document, write in zip(documents, DOCUMENTS.values(), strict=True):
        document.write_bytes(word.render(write(material()), at=day(1)))
    command = (office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "txt:Text",
               "--outdir", str(tmp_path), *map(str, documents))  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=HANGS)
    assert "rror" not in done.stdout + done.stderr
    for document in documents:
        shown = words(document.with_suffix(".txt").read_text(encoding="utf-8-sig"))
        written = docx.Document(str(document)).paragraphs
        assert [paragraph.text for paragraph in written if words(paragraph.text) not in shown] == []


# Pages


@pytest.mark.django_db
def test_a_toolkit_leads_to_its_documents_and_files() -> None:
    an_edition()
    assert "noindex" not in Client().get(TOOLKIT).content.decode()
    html = Client().get(f"{TOOLKIT}?have=lamps").content.decode()
    assert '<meta name="robots" content="noindex" />' in html
    assert "Filled in with 1 strength of your skills check." in words(html)
    for kind in DOCUMENTS:
        for address in (f"{TOOLKIT}{kind}/", f"{TOOLKIT}{kind}.md", f"{TOOLKIT}{kind}.docx"):
            assert f'href="{address}?have=lamps"' in html
            assert Client().get(address).status_code == 200


@pytest.mark.django_db
def test_a_document_is_the_same_as_page_and_as_file() -> None:
    an_edition()
    for kind in DOCUMENTS:
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
@pytest.mark.parametrize("path", ["readiness/", "resume.pdf", "nothing.md", "skills-gap.docx"])
def test_other_documents_are_not_found(path: str) -> None:
    an_edition()
    assert Client().get(f"{TOOLKIT}{path}").status_code == 404


@pytest.mark.django_db
def test_a_page_of_a_document_renders_no_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    an_edition()
    for name in ("parse", "parseInline"):
        monkeypatch.setattr(MarkdownIt, name, lambda *_: pytest.fail("a reader's page rendered Markdown"))
    for path in ("", *(f"{kind}/" for kind in DOCUMENTS)):
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
