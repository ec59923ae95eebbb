"""The README and the docs describe the code as it is."""

import json
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from guides import schema
from tests.helpers.servers import delivered_site, manage

SECTIONS = ["Context", "Decision", "Alternatives", "Consequences"]


def pages(root: Path) -> list[Path]:
    """Return every page of the documentation."""
    return [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md"))]


def code(page: Path) -> str:
    """Return the lines of a page's shell blocks, and its code spans, each on a line."""
    found = re.findall(r"```sh\n(.*?)```|`([^`\n]+)`", page.read_text(), flags=re.DOTALL)
    return "\n".join(block or span for block, span in found)


def commands(root: Path) -> list[str]:
    """Return the `manage.py` commands of a checkout, in reading order. Those of a server are in deployment.md."""
    names = ("README.md", "docs/editing.md", "docs/static-export.md", "docs/backup.md", "docs/statistics.md")
    blocks = [re.findall(r"```sh\n(.*?)```", (root / name).read_text(), flags=re.DOTALL) for name in names]
    return [line for page in blocks for block in page for line in block.splitlines() if "manage.py" in line]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub spells them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_is_short(root: Path) -> None:
    lines = (root / "README.md").read_text().splitlines()
    assert len(lines) <= 90
    assert [line for line in lines if len(line) > 121] == []


def test_every_make_command_of_the_docs_is_a_target(root: Path) -> None:
    targets = set(re.findall(r"^([\w-]+):", (root / "Makefile").read_text(), flags=re.MULTILINE))
    named = {
        page: set(re.findall(r"^make (?:-C \S+ )?([\w-]+)", code(page), flags=re.MULTILINE)) for page in pages(root)
    }
    assert set().union(*named.values()) <= targets
    assert {"run", "test", "check"} <= named[root / "README.md"]
    assert {"run", "test", "check", "test-all", "bench", "lock"} <= named[root / "CONTRIBUTING.md"]


def variables(root: Path) -> set[str]:
    """Return the variables that the settings read."""
    read = re.findall(r'^( *)[\w: |]+ = env\.\w+\(\s*"(\w+)"|^( *)DATA_DIR = Path\(env\.str\("(\w+)"',
                      (root / "careerguide" / "settings.py").read_text(), flags=re.MULTILINE)  # fmt: skip
    return {("CAREERGUIDE_" if indent or other else "") + (name or data) for indent, name, other, data in read}


def test_the_configuration_page_has_one_row_for_each_variable(root: Path) -> None:
    documented = re.findall(r"^\| `(\w+)` \|", (root / "docs" / "configuration.md").read_text(), flags=re.MULTILINE)
    assert sorted(documented) == sorted(variables(root))


@pytest.mark.process
def test_the_commands_of_the_docs_do_what_they_say(root: Path, tmp_path: Path) -> None:
    data, backups = tmp_path / "data", tmp_path / "backups"
    backups.mkdir()
    restored = ""
    delivered_site(data)
    for line in commands(root):
        command, _, target = line.partition(" > ")
        _python, _script, *arguments = shlex.split(command.replace("/var/backups", str(backups)))
        for backup in backups.iterdir():
            arguments = [
                str(backup) if re.fullmatch(r".*/careerguide-[0-9-]+Z\.zip", word) else word for word in arguments
            ]
        arguments = [str(tmp_path / word) if word in {"guide.yaml", "site"} else word for word in arguments]
        done = manage(root, data, *arguments)
        assert done.returncode == 0, done.stderr
        restored = done.stdout if "restore" in arguments else restored
        if target:
            (tmp_path / target).write_text(done.stdout)
    first_lines = f"schema_version: {schema.SCHEMA_VERSION}\nslug: patient-care-coordinator\n"
    assert (tmp_path / "guide.yaml").read_text().startswith(first_lines)
    assert (tmp_path / "guide.schema.json").stat().st_size > 10_000
    assert "Patient Care Coordinator" in (tmp_path / "site/guides/patient-care-coordinator/index.html").read_text()
    assert "Restored. Backup of " in restored


def test_the_file_in_the_docs_is_a_guide_with_all_that_version_3_added(root: Path) -> None:
    (text,) = re.findall(r"```json\n(.*?)```", (root / "docs" / "editing.md").read_text(), flags=re.DOTALL)
    guide = schema.load(text)
    assert json.loads(schema.dump(guide)) == json.loads(text)
    used = json.loads(text)
    assert {name for row in used["requirements"] for name in row} == schema.Requirement.model_fields.keys() - {"note"}
    assert used["skills"][2]["certificate"].keys() == schema.Certificate.model_fields.keys()
    assert {"broader", "one_of"} <= used["skills"][0].keys()


def test_links_of_the_docs_lead_somewhere(root: Path) -> None:
    broken = []
    for page in pages(root):
        for path, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", page.read_text()):
            target = page.parent / path if path else page
            if not target.exists() or (anchor and anchor not in anchors(target)):
                broken.append(f"{page.name}: {path}#{anchor}")
    assert broken == []


def test_the_glossary_has_at_most_fifteen_terms(root: Path) -> None:
    glossary = (root / "docs" / "architecture.md").read_text().partition("## Glossary")[2].partition("\n## ")[0]
    terms = re.findall(r"^\| ([A-Z][\w ]+) \|", glossary, flags=re.MULTILINE)
    assert 0 < len(terms) <= 15
    assert terms == list(dict.fromkeys(terms))


def test_every_decision_is_in_the_index_and_has_the_four_sections(root: Path) -> None:
    folder = root / "docs" / "decisions"
    records = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    index = re.findall(r"^\| \[(\d{4})\]\(([\w.-]+)\) \| (.+) \|$", (folder / "README.md").read_text(), re.MULTILINE)
    titles = [path.read_text().splitlines()[0].removeprefix("# ") for path in records]
    assert index == [(path.name[:4], path.name, title) for path, title in zip(records, titles, strict=True)]
    assert [number for number, _name, _title in index] == [f"{each:04}" for each in range(1, len(records) + 1)]
    for path in records:
        text = path.read_text()
        assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == SECTIONS, path.name
        assert len(text.splitlines()) < 60, path.name


def test_the_newest_version_of_the_changelog_is_that_of_the_package(root: Path) -> None:
    newest = re.findall(r"^## \[([\d.]+)\]", (root / "CHANGELOG.md").read_text(), flags=re.MULTILINE)[0]
    assert tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"] == newest


def test_hooks_before_a_commit_are_commands_of_make_check(root: Path) -> None:
    repositories = yaml.safe_load((root / ".pre-commit-config.yaml").read_text())["repos"]
    assert [each["repo"] for each in repositories] == ["local"]
    check = re.findall(r"\t\$\(BIN\)/(.+)", (root / "Makefile").read_text().partition("\ncheck:")[2])
    hooks = [hook["entry"].removeprefix(".venv/bin/") for hook in repositories[0]["hooks"]]
    assert len(hooks) == 4
    assert set(hooks) <= set(check)


def test_no_lock_names_an_index(root: Path) -> None:
    locks = [root / name for name in ("requirements.txt", "requirements-dev.txt")]
    assert [line for lock in locks for line in lock.read_text().splitlines() if "://" in line or line[:2] == "--"] == []


@pytest.mark.process
def test_make_says_what_to_do_where_there_is_no_python(root: Path, tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.txt"):
        (tmp_path / name).write_text((root / name).read_text())
    done = subprocess.run(
        ("make", "-C", str(tmp_path), "run", "PYTHONS=python0.9 nonesuch"), capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "Careerguide needs Python 3.12 or newer" in done.stderr
