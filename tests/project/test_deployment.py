"""The docs for operators and the deployment files name what exists, and what they promise holds."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from careerguide.__main__ import MAX_CONNECTIONS
from careerguide.monitoring import metrics
from tests.project.test_docs import pages, variables


def texts(root: Path) -> str:
    files = (*pages(root), root / "Dockerfile", root / "compose.yaml", *(root / "deploy").iterdir())
    return "\n".join(file.read_text() for file in files)


def test_what_the_docs_name_is_there(root: Path) -> None:
    text = texts(root)
    commands = set(re.findall(r"manage\.py (\w+)\b(?!\.)|(?:^|`)manage (\w+)", text, flags=re.MULTILINE))
    assert {name or other for name, other in commands} <= set(get_commands())
    targets = re.findall(r"^(\w+):", (root / "Makefile").read_text(), flags=re.MULTILINE)
    assert set(re.findall(r"\bmake -C \S+ (\w+)", text)) <= set(targets)
    named = {name.removesuffix("_FILE") for name in re.findall(r"\b(?:CAREERGUIDE|DATABASE)_[A-Z_]+\b", text)}
    assert named <= variables(root)
    for path in re.findall(r"(?<![\w/])(?:deploy|docs|careerguide)/[\w./-]+\.\w+", text):
        assert (root / path).exists(), path


def test_the_metrics_of_the_deployment_page_are_exported(root: Path) -> None:
    exported = set(re.findall(r"^# TYPE (\w+)", metrics.text(parts={"database": True}).decode(), flags=re.MULTILINE))
    named = set(re.findall(r"\bcareerguide_[a-z_]+\b", (root / "docs" / "deployment.md").read_text()))
    assert len(named) > 5
    assert {name.removesuffix("_bucket") for name in named} <= exported


def test_the_deployment_page_states_the_limits_of_the_server(root: Path) -> None:
    text = (root / "docs" / "deployment.md").read_text()
    assert re.findall(r"([\d,]+) connections for each process", text) == [f"{MAX_CONNECTIONS:,}"]
    unit = (root / "deploy" / "careerguide.service").read_text()
    assert f"\nLimitNOFILE={2 * MAX_CONNECTIONS}\n" in unit
    assert f"the {settings.PAGE_CACHE_BYTES // 1_000_000} MB of its page cache" in " ".join(text.split())


def test_containers_are_confined(root: Path) -> None:
    services = yaml.safe_load((root / "compose.yaml").read_text())["services"]
    assert set(services) == {"database", "prepare", "web"}
    for service in services.values():
        assert (service["read_only"], service["cap_drop"], service["security_opt"]) == (
            True,
            ["ALL"],
            ["no-new-privileges:true"],
        )
    published = [port for service in services.values() for port in service.get("ports", ())]
    assert published == ["127.0.0.1:8000:8000"]


def test_an_image_holds_what_the_site_is_made_of_and_nothing_else(root: Path) -> None:
    dockerfile = (root / "Dockerfile").read_text()
    copied = " ".join(re.findall(r"^COPY (?!--)(.+) \S+$", dockerfile, flags=re.MULTILINE)).split()
    let_in = re.findall(r"^!(.+)$", (root / ".dockerignore").read_text(), flags=re.MULTILINE)
    assert sorted(copied) == sorted(let_in)
    assert [name for name in copied if not (root / name).exists()] == []
    assert "--require-hashes" in dockerfile
    assert re.findall(r"^USER (.+)$", dockerfile, flags=re.MULTILINE) == ["10001:10001"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd")
def test_systemd_understands_the_service(root: Path, tmp_path: Path) -> None:
    unit = tmp_path / "careerguide.service"
    text = (root / "deploy" / unit.name).read_text()
    unit.write_text(text.replace("/opt/careerguide", str(root)))
    verified = subprocess.run(
        ("systemd-analyze", "verify", "--man=no", str(unit)), capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")
