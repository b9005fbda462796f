"""The catalogues of errors and findings, and the code that names their entries."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import hotline_stats
from hotline_stats import errors
from hotline_stats.errors import HotlineStatsError, InputError, NotYetError, PlaceError, UsageError
from hotline_stats.messages import catalogue
from hotline_stats.model.findings import finding_text, severity

SOURCE = Path(hotline_stats.__file__).parent
ERRORS = catalogue("errors")
FINDINGS = catalogue("findings")
CLASSES = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, HotlineStatsError)
}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


@cache
def raised() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Code → (place, names of the facts) of every call such as InputError("code", fact=…)."""
    out: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CLASSES:
                place = f"{path.relative_to(SOURCE)}:{node.lineno}"
                code = node.args[0]
                assert isinstance(code, ast.Constant), f"{place}: the code must stand in the call"
                out[str(code.value)].append((place, frozenset(k.arg or "**" for k in node.keywords)))
    return dict(out)


@cache
def strings() -> set[str]:
    """Every text literal of the program."""
    return {
        n.value
        for _, t in trees()
        for n in ast.walk(t)
        if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_says_the_same_in_both_languages(code: str) -> None:
    entry: Mapping[str, Any] = ERRORS[code]
    assert set(entry) == {"zh", "zh_hint", "en", "en_hint"}
    assert all(str(v).strip() and "\n" not in v for v in entry.values())
    assert places(entry["zh"]) == places(entry["en"])
    assert places(entry["zh_hint"]) == places(entry["en_hint"])


@pytest.mark.parametrize(("code", "calls"), raised().items(), ids=raised())
def test_an_error_raised_is_in_the_catalogue_with_its_facts(
    code: str, calls: list[tuple[str, frozenset[str]]]
) -> None:
    assert code in ERRORS, calls
    needed = places(ERRORS[code]["zh"]) | places(ERRORS[code]["zh_hint"])
    assert [(place, facts) for place, facts in calls if "**" not in facts and facts != needed] == []


def test_no_error_of_the_catalogue_is_unused() -> None:
    assert set(ERRORS) - set(raised()) == set()


@pytest.mark.parametrize("code", FINDINGS)
def test_a_finding_has_a_severity_and_both_texts_and_is_used(code: str) -> None:
    assert set(FINDINGS[code]) == {"severity", "zh", "zh_hint", "en", "en_hint"}
    assert severity(code) in ("reject", "duplicate", "warning", "info")
    assert finding_text(code, "zh") and finding_text(code, "en") and not places(FINDINGS[code]["zh"])
    assert code in strings()


def test_what_an_error_says() -> None:
    bad = InputError("unclosed-quote", file="a.csv", line=7)
    assert "a.csv" in bad.message("zh") and "第 7 行" in bad.message("zh")
    assert str(bad) == f"{bad.message('en')} {bad.hint('en')}"


def test_the_classes_have_exit_codes_of_their_own() -> None:
    assert [c.exit_code for c in (HotlineStatsError, UsageError, InputError, PlaceError, NotYetError)] == [
        70,
        2,
        3,
        4,
        5,
    ]
