"""Every error code, raised with something personal where someone's words or data could stand; and a bug's traceback.

What it says may hold the names of files and columns, and words a person typed, but no number of a person.
"""

import re
import subprocess
import sys

import pytest

from hotline_stats import errors
from hotline_stats.errors import InputError, UsageError
from hotline_stats.messages import catalogue
from hotline_stats.model.findings import finding_text
from test_errors import ERRORS, raised

PERSONAL = (
    "13800001111", "138-0000-1111", "１３８００００１１１１", "+86 13800001111", "021-55550000", "（021）55550000", "310101199001011234",
    "31010119900101123X", "zhang@example.com", "6222020000001111222",
)  # fmt: skip
QUOTED = errors._QUOTED
SAFE = {
    "file",
    "place",
    "line",
    "rows",
    "columns",
    "gb18030",
    "kind",
    "lines",
    "member",
    "members",
    "ratio",
    "size",
    "utf8",
    "rows_in",
    "row",
    "n",
    "total",
    "width",
    "header",
    "month",
    "end",
    "start",
    "period",
    "schema",
    "used",
    "model",
    "least",
    "most",
    "formats",
    "option",
}
"""Facts that are names of files, numbers of rows and columns, days, and what is our own: where these come from, no cell can stand."""


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize("value", PERSONAL)
def test_no_error_repeats_a_number(code: str, value: str) -> None:
    facts = {name for _, names in raised()[code] for name in names}
    hostile = {f: f"x {value}，y" if f in QUOTED else "1" for f in facts}
    error = UsageError(code, **hostile)
    said = " ".join(
        [
            error.message("zh"),
            error.message("en"),
            error.hint("zh"),
            error.hint("en"),
            str(error),
            repr(error.facts),
        ]
    )
    assert value not in said
    if facts & set(QUOTED):
        assert "x " in repr(error.facts), "the rest of what was quoted stays"


@pytest.mark.parametrize("code", ERRORS)
def test_what_can_be_quoted_is_known(code: str) -> None:
    """A fact that is new is either never a cell, or is listed in errors._QUOTED."""
    known = {
        *QUOTED, *SAFE, "origin", "expected", "reason", "problem", "known", "encoding", "package", "column",
    }  # fmt: skip
    for place, facts in raised()[code]:
        assert facts - known == set(), place


@pytest.mark.parametrize(
    "value",
    ["2024-01..2024-05", "20240105", "2024", "tickets", "12345", "2024-01-05..2024-02-05", "甲居委会"],
)
def test_what_is_not_personal_is_quoted_as_it_is(value: str) -> None:
    assert UsageError("bad-period", found=value).facts["found"] == value


def test_findings_have_no_place_for_a_cell() -> None:
    for code in catalogue("findings"):
        for lang in ("zh", "en"):
            assert "{" not in finding_text(code, lang)


def test_a_traceback_keeps_its_words_and_no_cell() -> None:
    code = (
        "import sys\n"
        "from contextlib import ExitStack\n"
        "from hotline_stats.cli.boundary import bug\n"
        "with ExitStack() as stack:\n"
        "    stack.push(bug)\n"
        "    try:\n"
        "        raise KeyError('inner ' + ''.join(map(chr, [24352, 19977])))\n"
        "    except KeyError as error:\n"
        "        raise ValueError('could not convert ' + str(13800001110 + 1)) from error\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    said = done.stderr.decode("utf-8")
    assert done.returncode == 70
    assert "ValueError: could not convert 99999999999" in said and "KeyError: 'inner 字字'" in said
    assert "13800001111" not in said and "张三" not in said
    assert re.search(r'File "<string>", line \d+', said)


def test_an_error_of_ours_is_no_place_for_a_phone_in_a_condition() -> None:
    error = InputError("no-header", file="a.csv", rows=3, expected="受理时间", found="张三 13800001111")
    assert "13800001111" not in str(error)
