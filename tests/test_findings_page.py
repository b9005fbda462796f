"""docs/findings.md is what docs/make_findings.py writes, and names every code once."""

import re
import runpy
from pathlib import Path

from hotline_stats.messages import catalogue

DOCS = Path(__file__).parents[1] / "docs"
SCRIPT = runpy.run_path(str(DOCS / "make_findings.py"))
PAGE = (DOCS / "findings.md").read_text("utf-8")


def test_the_page_is_current() -> None:
    assert SCRIPT["page"]() == PAGE, "python docs/make_findings.py"


def test_every_code_stands_on_the_page_once() -> None:
    findings, errors = PAGE.split("\n## Errors: exit code 2\n")
    for part, name in ((findings, "findings"), (errors, "errors")):
        codes = re.findall(r"^\| `([a-z-]+)` \|", part, re.MULTILINE)
        assert sorted(codes) == sorted(catalogue(name))


def test_every_error_has_the_exit_code_of_its_class() -> None:
    exits = SCRIPT["exit_codes"]()
    assert set(exits) == set(catalogue("errors")) and set(exits.values()) <= set(SCRIPT["EXITS"])
    assert (exits["bad-period"], exits["empty-file"], exits["cannot-write"], exits["locked"]) == (2, 3, 4, 5)
