"""The Word files of the application toolkit, and the finished examples of the delivered guides."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from django.utils.translation import override
from markdown_it import MarkdownIt
from pypdfium2 import PdfDocument

from guides.publishing.first_start import GUIDES
from guides.rendering import prose
from guides.rendering.toolkit import DOCUMENTS, Material, documents, markdown, word
from tests.helpers.delivered import delivered_guide
from tests.helpers.factories import a_guide, day
from tests.helpers.servers import HANGS
from tests.reading.test_pages import words
from tests.rendering.test_toolkit import material

MISSING = "No LibreOffice: install it (Debian: apt install libreoffice-writer-nogui)."
JOB = re.compile(r"### [^*]+ \*[A-Z][a-z]+ 20\d\d – ([A-Z][a-z]+ 20\d\d|present)\*")


def test_dates_are_at_the_right_margin_of_a_word_document() -> None:
    rows = [{"from_job": job, "meets": "School", "resume": f"# {job}\n\n### *Guard*\n\n### Cook *2020*", "letter": "x"}
            for job in ("A", "B")]  # fmt: skip
    example = documents(a_guide())["resume-example"](material(examples=rows))
    made: Any = docx.Document(BytesIO(word.render(example, at=day(1))))
    assert [(p.style.name, p.text, bool(p.paragraph_format.page_break_before)) for p in made.paragraphs if p.style] == [
        ("Title", "A", False), ("Heading 2", "Guard", False), ("Heading 2", "Cook\t2020", False),
        ("Title", "B", True), ("Heading 2", "Guard", False), ("Heading 2", "Cook\t2020", False),
    ]  # fmt: skip
    [stop] = made.styles["Heading 2"].paragraph_format.tab_stops
    section = made.sections[0]
    assert stop.position == section.page_width - section.left_margin - section.right_margin
    assert (section.page_width.inches, section.page_height.inches) == (8.5, 11)


@pytest.mark.parametrize(("language", "expected"), [("en-us", "en-US"), ("es", "es")])
def test_a_word_document_has_the_active_language(language: str, expected: str) -> None:
    with override(language):
        made: Any = docx.Document(BytesIO(word.render(DOCUMENTS["resume"](material()), at=day(1))))
    assert made.core_properties.language == expected
    assert made.styles.element.xpath("string(w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:val)") == expected


def test_a_word_document_says_what_the_markdown_says() -> None:
    body = "Two *soft* and **hard**\nlines.\n\n- one\n- two\n\n1. first\n\n### More\n\n`code`\n\n    block"
    questions = DOCUMENTS["interview"](material(toolkit=[{"kind": "interview", "title": "x", "body": body}]))
    document = docx.Document(BytesIO(word.render(questions, at=day(1))))
    html = MarkdownIt().render(markdown.render(questions))
    written = words(" ".join(p.text for p in document.paragraphs))
    assert written == words(html).replace("two first", "two 1. first")
    assert [(p.style.name, p.text) for p in document.paragraphs if p.style][2:10] == [
        ("Heading 1", "x"),
        ("Normal", "Two soft and hard lines."), ("List Bullet", "one"), ("List Bullet", "two"),
        ("List", "1. first"), ("Heading 2", "More"), ("Normal", "code"), ("Normal", "block"),
    ]  # fmt: skip
    runs = {run.text: (bool(run.bold), bool(run.italic)) for p in document.paragraphs for run in p.runs}
    assert (runs["soft"], runs["hard"], runs["one"]) == ((False, True), (True, False), (False, False))


def test_a_word_document_is_the_same_whenever_it_is_made() -> None:
    made = word.render(DOCUMENTS["resume"](material()), at=day(2, 3))
    assert {part.date_time for part in ZipFile(BytesIO(made)).infolist()} == {(2026, 2, 3, 0, 0, 0)}
    assert len(made) < 15_000


@pytest.mark.process
def test_libreoffice_opens_the_documents(tmp_path: Path) -> None:
    files = {kind: tmp_path / f"{kind}.docx" for kind in documents(a_guide())}
    for kind, write in documents(a_guide()).items():
        files[kind].write_bytes(word.render(write(material()), at=day(1)))
    convert(files.values(), "txt:Text")
    for file in files.values():
        shown = words(file.with_suffix(".txt").read_text(encoding="utf-8-sig"))
        written = docx.Document(str(file)).paragraphs
        assert [text for p in written if (text := words(p.text)) not in shown] == []


@pytest.mark.process
@pytest.mark.django_db
def test_delivered_applications_have_one_page(tmp_path: Path) -> None:
    files = {}
    for guide in (delivered_guide(name.replace("_", "-")) for name in GUIDES):
        for kind, write in documents(guide).items():
            if kind not in {"interview", "job-description"}:
                files[guide.slug, kind] = file = tmp_path / f"{guide.slug}-{kind}.docx"
                file.write_bytes(word.render(write(Material(guide, prose.render_all(guide))), at=day(1)))
    convert(files.values(), "pdf")
    pages = {key: len(PdfDocument(file.with_suffix(".pdf"))) for key, file in files.items()}
    assert {key: count for key, count in pages.items() if count != 1} == {}
    assert len(pages) == 4 * len(GUIDES)


def convert(files: Iterable[Path], form: str) -> None:
    """Convert files with LibreOffice, in place."""
    if not (office := shutil.which("soffice")):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    files = tuple(files)
    folder = files[0].parent
    command = (office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form,
               "--outdir", str(folder), *map(str, files))  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=HANGS)
    assert "rror" not in done.stdout + done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("name", GUIDES)
def test_delivered_examples_are_finished_and_reach_nobody(name: str) -> None:
    guide = delivered_guide(name.replace("_", "-"))
    [example] = guide.examples
    headings = [line for line in example.resume.split("\n") if line.startswith("##") and not line.startswith("###")]
    assert headings in [
        [f"## {section}" for section in ("Summary", "Experience", "Education", *more, "Skills")]
        for more in ((), ("Certificates",))
    ]
    jobs = [line for line in example.resume.split("\n") if line.startswith("###")]
    assert [job for job in jobs if not JOB.fullmatch(job)] == []
    name_line = example.resume.partition("\n")[0]
    assert (example.letter.partition("\n")[0], example.letter.split("\n")[-1]) == (name_line, name_line[2:])
    for text in (example.resume, example.letter):
        assert set(text) & set("[]") == set()
        assert re.findall(r"\(\d{3}\) (?!555-01\d\d\b)[\d-]+|@(?!example\.com\b)\S+", text) == []
