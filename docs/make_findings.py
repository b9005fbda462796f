"""Write docs/findings.md, the catalogue of findings and errors, from the program's own texts.

python docs/make_findings.py
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import hotline_stats
from hotline_stats import errors
from hotline_stats.errors import HotlineStatsError
from hotline_stats.messages import catalogue

PAGE = Path(__file__).with_name("findings.md")
SOURCE = Path(hotline_stats.__file__).parent
SEVERITIES = {
    "reject": "the row is left out",
    "duplicate": "a newer row of the same ticket counts",
    "warning": "the row is kept, a value of it is not used",
    "info": "the row is kept as it is",
}
EXITS = {
    2: "wrong options or settings",
    3: "the input cannot be used",
    4: "the surroundings fail",
    5: "not yet",
}
HEAD = """# Findings and errors

Written by `python docs/make_findings.py` from `resources/messages/findings.toml` and `errors.toml`; do not edit it here.

A **finding** is about a row: `check` counts them by code, `check --format csv` and `findings.csv` of a report list
them with file, line, column, severity and the shape of what was found. An **error** ends the program with a message,
a hint and an exit code; nothing has been written then. `data/samples/defects` has a file for most of them.
"""


def exit_codes() -> dict[str, int]:
    """The exit code of each error, by the class that the program raises it with."""
    out: dict[str, int] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                kind, code = getattr(errors, node.func.id, None), node.args[0]
                if (
                    isinstance(kind, type)
                    and issubclass(kind, HotlineStatsError)
                    and isinstance(code, ast.Constant)
                ):
                    out[str(code.value)] = kind.exit_code
    return out


def page() -> str:
    parts = [HEAD]
    findings = catalogue("findings")
    for severity, meaning in SEVERITIES.items():
        of = {code: entry for code, entry in findings.items() if entry["severity"] == severity}
        if of:
            parts += [f"## Findings: {severity}\n", f"{meaning[0].upper()}{meaning[1:]}.\n", *_table(of)]
    exits, said = exit_codes(), catalogue("errors")
    for number, meaning in EXITS.items():
        of = {code: said[code] for code in said if exits.get(code) == number}
        parts += [f"## Errors: exit code {number}\n", f"{meaning[0].upper()}{meaning[1:]}.\n", *_table(of)]
    return "\n".join(parts)


def _table(entries: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "| code | 说明与处理 | meaning and what to do |"
    yield "|---|---|---|"
    for code, entry in entries.items():
        zh, en = (f"{entry[lang]}<br>{entry.get(f'{lang}_hint', '')}" for lang in ("zh", "en"))
        yield f"| `{code}` | {_cell(zh)} | {_cell(en)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").removesuffix("<br>")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
