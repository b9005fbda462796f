"""The catalogue of wording: same codes and facts in both languages, and none that nobody says."""

import re
from pathlib import Path
from string import Formatter

import hotline_stats.reports
from hotline_stats.messages import catalogue

_FREE = {"yoy", "prior", "all", "which"}
"""Facts that every sentence may use or leave."""


def _facts(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field} - _FREE


def test_both_languages_state_the_same_facts():
    for code, entry in catalogue("report").items():
        assert set(entry) == {"zh", "en"}, code
        assert _facts(entry["zh"]) == _facts(entry["en"]), code


def test_every_code_is_said_somewhere():
    folder = Path(hotline_stats.reports.__file__).parent
    template = folder.parent / "resources" / "templates" / "report.html.j2"
    source = "\n".join(p.read_text("utf-8") for p in (*folder.rglob("*.py"), template))
    built = (
        "yoy-", "prior-", "all-", "which-", "title-", "column-", "verdict-", "service-", "define-", "effect-", "rating-", "open-", "flag-", "outside-", "figure-monthly",
        "key-", "author-", "twofold-",
    )  # fmt: skip
    said = set(re.findall(r"""["']([\w-]+)["']""", source))
    unsaid = {
        c
        for c in catalogue("report")
        if not c.startswith(built) and not {c, c.removesuffix("-uncovered")} & said
    }
    assert unsaid == set()


def test_names_have_both_languages_and_stand_in_one_catalogue():
    own = catalogue("names")
    for code, entry in own.items():
        assert set(entry) == {"zh", "en"} and _facts(entry["zh"]) == _facts(entry["en"]), code
    for other in ("report", "charts", "notes"):
        for kind in ("figure-", "status-", "satisfaction-", "request_type-"):
            twice = {c for c in catalogue(other) if c in own and c.startswith(kind)}
            assert not twice, other
