"""docs/mapping.md as written: its mapping is the sample's, its commands run, and they print what it shows."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from acceptance_program import Said, once, programs
from acceptance_samples import ROOT, SAMPLES

PAGE = (ROOT / "docs" / "mapping.md").read_text("utf-8")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    return [body for kind, body in _BLOCK.findall(PAGE) if kind == language]


COMMANDS = [line for block in blocks("sh") for line in block.splitlines()]


def test_the_mapping_shown_is_that_of_the_sample() -> None:
    (shown,) = blocks("toml")
    assert shown == (SAMPLES / "foreign" / "requests_311.toml").read_text("utf-8")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Said]:
    def make(here: Path) -> list[Said]:
        shutil.copytree(SAMPLES / "foreign", here / "data" / "samples" / "foreign")
        return programs(*(shlex.split(c.partition(" || ")[0])[1:] for c in COMMANDS), cwd=here)

    return dict(zip(COMMANDS, once(tmp_path_factory, "mapping", make), strict=True))


@pytest.mark.parametrize("command", COMMANDS)
def test_command(command: str, said: dict[str, Said]) -> None:
    draft = "--write-mapping" in command  # nothing of the file is known before it has a mapping
    assert said[command].code == (3 if draft else 1 if "|| true" in command else 0), said[command].text
    assert "Traceback" not in said[command].text


def test_what_is_shown_is_printed(said: dict[str, Said]) -> None:
    (shown,) = blocks("text")
    (compared,) = [s.stdout.decode("utf-8") for c, s in said.items() if " compare " in c]
    assert shown.strip() and compared.startswith(shown)


@pytest.mark.parametrize("page", ["docs/mapping.md", "docs/intake.md"])
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", (ROOT / page).read_text("utf-8")):
        assert (ROOT / page).parent.joinpath(target).exists(), target
