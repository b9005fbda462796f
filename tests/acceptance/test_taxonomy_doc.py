"""docs/taxonomy.md as written: its rules say what its tables say, its commands run, its outputs are printed."""

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from acceptance_program import Said, environment, once, programs
from acceptance_samples import EXPORTS, ROOT, SAMPLES

from hotline_stats.errors import HotlineStatsError
from hotline_stats.taxonomy import explain, parse
from hotline_stats.taxonomy.source import Second

PAGE = (ROOT / "docs" / "taxonomy.md").read_text("utf-8")
_PIECE = re.compile(r"^```(\w*)\n(.*?)^```$|^#+ ([^\n]*)$|((?:^\|[^\n]*\|\n)+)", re.MULTILINE | re.DOTALL)
_CELL = re.compile(r"(?<!\\)\|")


def rows(table: str) -> list[dict[str, str]]:
    lines = [
        [c.strip().replace("\\|", "|") for c in _CELL.split(line)[1:-1]]
        for line in table.strip().splitlines()
    ]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


@dataclass
class Chapter:
    """What stands under one heading, in order: (language of a block or "table", text)."""

    heading: str
    pieces: list[tuple[str, str]] = field(default_factory=list)

    def blocks(self, language: str) -> list[str]:
        return [body for kind, body in self.pieces if kind == language]


def chapters() -> list[Chapter]:
    found = [Chapter("")]
    for language, body, heading, table in _PIECE.findall(PAGE):
        if heading:
            found.append(Chapter(heading))
        else:
            found[-1].pieces.append(("table", table) if table else (language, body))
    return found


CHAPTERS = {c.heading: c for c in chapters()}
STEPS = CHAPTERS["From community_8 to your own in five steps"]
MISTAKES = CHAPTERS["When the file has a mistake"]
(SMALL,) = CHAPTERS["The rule language"].blocks("toml")


def added(block: str) -> str:
    """The small file with a block of the page: its keys of the top before everything, its tables at the end."""
    head, mark, tables = ("", *block.partition("[")[1:]) if block.startswith("[") else block.partition("\n[")
    return head + "\n" + SMALL + mark + tables


def said() -> Iterator[tuple[str, dict[str, str]]]:
    """Each row that tells scores, with the file that they are of."""
    language = list(CHAPTERS).index("The rule language")
    for chapter in list(CHAPTERS.values())[language : list(CHAPTERS).index(MISTAKES.heading)]:
        text = SMALL
        for kind, body in chapter.pieces:
            if kind == "toml" and body != SMALL:
                text = added(body)
            elif kind == "table":
                yield from ((text, row) for row in rows(body))


ROWS = list(said())


def test_the_page_is_read_whole() -> None:
    assert len(ROWS) >= 30
    assert len(rows(MISTAKES.blocks("table")[0])) >= 6
    assert {k for _, row in ROWS for k in row} == {
        "title",
        "content",
        "request type",
        "category",
        "scores",
        "primary",
    }


@pytest.mark.parametrize(("text", "row"), ROWS)
def test_rules_say_what_the_page_says(text: str, row: dict[str, str]) -> None:
    category = row.get("category", "")
    found = explain(
        parse("small.toml", text.encode()),
        row.get("title") or None,
        row["content"],
        row.get("request type") or None,
        tuple(category.split("/")) if category else (),
    )
    assert ", ".join(f"{t} {s:g}" for t, s in found.scores) == row["scores"]
    if "primary" in row:
        assert found.primary == row["primary"]


def test_blocks_without_a_table_are_read_too() -> None:
    (days,) = CHAPTERS["Version and days"].blocks("toml")
    source = parse("small.toml", added(days).encode()).source
    assert str(source.effective_from) == "2024-01-01"
    assert source.scheme.group("headline").request_types == ("投诉",)
    (second,) = CHAPTERS["The second reader"].blocks("toml")
    assert Second(**tomllib.loads(second)["second"]) == parse("x", SMALL.encode()).source.second
    assert parse("x", (SMALL + second).encode()).source.second == parse("x", SMALL.encode()).source.second


@pytest.mark.parametrize("row", rows(MISTAKES.blocks("table")[0]))
def test_a_mistake_is_told_as_the_page_says(row: dict[str, str]) -> None:
    old, new = row["change"].strip("`"), row["to"].strip("`")
    assert old in SMALL
    with pytest.raises(HotlineStatsError) as error:
        parse("small.toml", SMALL.replace(old, new, 1).encode())
    assert f"{error.value.message('en')} {error.value.hint('en')}" == row["said"]


# Commands, in the order of the page


def make_own(here: Path) -> None:
    """What step 2 tells a person to do."""
    own, (block,) = here / "my_types.toml", STEPS.blocks("toml")
    text = own.read_text("utf-8")
    for old, new in (
        ('id = "community_8"', 'id = "my_types"'),
        ('"parking", "other",', '"parking", "noise", "other",'),
        ('"噪(音|声)", "扰民", ', ""),
        ('  "邻居半夜唱歌，噪音扰民。",\n', ""),
        ("# --- 其他", block + "\n# --- 其他"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    own.write_text(text, "utf-8")


def label(here: Path) -> None:
    """Fills `primary` as a person would who knows what the author of the samples meant."""
    with (SAMPLES / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
        meant = {row["ticket_id"]: row["type_primary"] for row in csv.DictReader(file)}
    with (here / "to_label.csv").open(encoding="utf-8-sig", newline="") as file:
        drawn = list(csv.DictReader(file))
    with (here / "labelled.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, drawn[0].keys())
        writer.writeheader()
        writer.writerows({**row, "primary": meant[row["ticket_id"]]} for row in drawn)


COMMANDS = [
    line
    for c in (STEPS, CHAPTERS["Keeping rules"], CHAPTERS["The second reader"])
    for b in c.blocks("sh")
    for line in b.splitlines()
]
(SCRIPT,) = CHAPTERS["Keeping rules"].blocks("python")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Said]:
    def make(here: Path) -> list[Said]:
        shutil.copytree(EXPORTS, here / "data" / "samples" / "exports")
        shutil.copytree(ROOT / "data" / "corpus", here / "data" / "corpus")
        calls = [shlex.split(c)[1:] for c in COMMANDS]
        first = programs(calls[0], cwd=here)
        make_own(here)
        drawing = next(i for i, c in enumerate(calls) if c[0] == "classify")
        second = programs(*calls[1 : drawing + 1], cwd=here)
        subprocess.run([sys.executable, "-W", "error", "-c", SCRIPT], cwd=here, env=environment(), check=True)
        label(here)
        return [*first, *second, *programs(*calls[drawing + 1 :], cwd=here)]

    return dict(zip(COMMANDS, once(tmp_path_factory, "taxonomy", make), strict=True))


@pytest.mark.parametrize("command", COMMANDS)
def test_command(command: str, ran: dict[str, Said]) -> None:
    assert ran[command].code == 0, ran[command].text
    assert "Traceback" not in ran[command].text
    assert ran[command].stdout or shlex.split(command)[-2] == "-o"


@pytest.mark.parametrize("chapter", [STEPS.heading, "Keeping rules"])
def test_what_is_shown_is_printed(chapter: str, ran: dict[str, Said]) -> None:
    """Each output block is what the command before it begins with."""
    command = ""
    for kind, body in CHAPTERS[chapter].pieces:
        if kind == "sh":
            command = body.splitlines()[-1]
        elif kind == "text":
            printed = ran[command].stdout.decode("utf-8").replace(os.linesep, "\n")
            assert body.strip() and printed.startswith(body.rstrip("\n"))


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", PAGE):
        path, _, anchor = target.partition("#")
        assert not path or (ROOT / "docs" / path).exists()
        names = {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in CHAPTERS}
        assert not anchor or path or anchor in names
