"""Every figure in report.json of the sample exports equals what plain pandas and scipy compute from their rows."""

import csv
import hashlib
import json
import math
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pandas as pd
import pytest
from acceptance_expected import expected_report
from acceptance_interval import CONFIDENCE, FALLBACK, MIN_N, MIN_PAIRS
from acceptance_program import Made, once
from acceptance_samples import EXPORTS, all_rows, raw_files, tickets, truth

import hotline_stats as hs

UNCHECKED = ("$.notes", "$.provenance")
"""What expected_report() leaves out: sentences, and versions and settings, all of them texts."""
READER = {
    "$.intake.second_reader.asked_n",
    "$.intake.second_reader.decided_n",
    "$.intake.doubt.min_margin",
    "$.intake.doubt.n",
}
"""What the second reader did and how many tickets are in doubt have tests of their own: only the classifier knows."""


@pytest.fixture(scope="module")
def found(made: Made) -> dict[str, Any]:
    return json.loads((made.directory / "report.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return once(tmp_path_factory, "expected", lambda _: expected_report())


def differences(want: Any, have: Any, path: str, seen: set[str]) -> Iterator[str]:
    """Where `have` is not `want`: whole numbers, flags and texts exactly, floats to 1e-9. `seen` gets the path of
    every value compared."""
    if isinstance(want, dict) and isinstance(have, dict):
        for key in want:
            if key in have:
                yield from differences(want[key], have[key], f"{path}.{key}", seen)
            else:
                yield f"{path}.{key} is missing"
    elif isinstance(want, list) and isinstance(have, list):
        if len(want) != len(have):
            yield f"{path} has {len(have)} entries, {len(want)} expected"
        for i, (a, b) in enumerate(zip(want, have, strict=False)):
            yield from differences(a, b, f"{path}[{i}]", seen)
    else:
        seen.add(path)
        if not same(want, have):
            yield f"{path} = {have!r}, {want!r} expected"


def same(want: Any, have: Any) -> bool:
    if isinstance(want, float) and isinstance(have, (int, float)) and not isinstance(have, bool):
        return math.isclose(want, have, rel_tol=1e-9, abs_tol=1e-9)
    return type(want) is type(have) and want == have


def numbers(value: Any, path: str = "$") -> Iterator[str]:
    """The paths of all that is a number, a flag, or the lack of one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from numbers(inner, f"{path}[{i}]")
    elif not isinstance(value, str):
        yield path


def test_the_two_readings_of_the_samples_agree() -> None:
    """The exports, read here, against truth.csv: the ground that the other tests stand on."""
    mine, given = tickets(), truth().sort_values("ticket_id", ignore_index=True)
    assert list(mine["ticket_id"]) == list(given["ticket_id"])
    for column in ("request_type", "community", "estate", "unit", "satisfaction", "contacted", "resolved"):
        assert list(mine[column]) == list(given[column]), column
    for column in ("accepted", "closed"):
        pd.testing.assert_series_equal(mine[column], pd.to_datetime(given[column]).astype("datetime64[s]"))
    assert list(mine["repeat_of"] != "") == list(given["repeat"] == "true")


def test_the_classifier_gives_every_ticket_its_true_type() -> None:
    typed = hs.load(EXPORTS).frame.set_index("ticket_id")["type_primary"].astype(str)
    known = truth().set_index("ticket_id")["type_primary"]
    assert set(typed.index) == set(known.index) and typed.index.is_unique
    wrong = known[known != typed.reindex(known.index)]
    assert wrong.empty, {k: (v, typed[k]) for k, v in wrong.head(10).items()}


def test_each_rate_is_its_numerator_over_its_denominator(found: dict[str, Any]) -> None:
    figures = found["services"]["figures"]
    for f in figures:
        for before in ("", "baseline_"):
            value, numerator = f["baseline" if before else "current"], f[f"{before}numerator"]
            assert value is not None and f[f"{before}denominator"] > 0
            if f["unit"] == "pct":
                assert value == 100 * numerator / f[f"{before}denominator"], f["id"]
    for part in found["services"]["open"].values():
        assert part["accepted_n"] == part["closed_n"] + part["unknown_n"] + part["open_n"]


def test_what_the_second_reader_did_is_what_the_tickets_show(found: dict[str, Any]) -> None:
    said = found["intake"]["second_reader"]
    both, alone = hs.load(EXPORTS), hs.load(EXPORTS, settings=hs.config(model="none"))
    types = (frame.set_index("ticket_id")["type_primary"].astype(str) for frame in (both.frame, alone.frame))
    changed = next(types).compare(next(types))
    assert said["decided_n"] == len(changed) == 0
    assert 0 < said["asked_n"] < found["intake"]["kept"]


@pytest.mark.parametrize(
    "section",
    [
        "schema", "lang", "asked", "period", "baseline", "complete", "data", "covered",
        "types", "by", "series", "contributions", "drivers", "rate_drivers", "course",
        "services", "intake",
    ],
)  # fmt: skip
def test_section(section: str, found: dict[str, Any], expected: dict[str, Any]) -> None:
    wrong = list(differences(expected[section], found[section], f"$.{section}", set()))
    assert not wrong, "\n".join(wrong[:20])


def test_the_report_compares_by_every_column_that_has_values(
    found: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert set(found["by"]) == set(expected["by"])
    assert set(found["series"]) == set(expected["series"])


def test_no_number_was_left_unchecked(found: dict[str, Any], expected: dict[str, Any]) -> None:
    compared: set[str] = set()
    assert not list(differences(expected, found, "$", compared))
    every = set(numbers(found))
    assert len(every) > 2000
    assert every - compared == READER
    assert {f"$.{key}" for key in found} - {f"$.{key}" for key in expected} == set(UNCHECKED)


def test_a_wrong_figure_would_be_seen(expected: dict[str, Any]) -> None:
    """The comparison notices a count that is one off, a rate a ten-millionth off, and what is missing or null."""
    other = deepcopy(expected)
    other["by"]["unit"]["rows"][3]["baseline"] += 1
    other["services"]["figures"][2]["change_pct"] *= 1 + 1e-7
    other["series"]["parking"][0]["current"] = None
    del other["intake"]["duplicates"], other["by"]["estate"]["rows"][-1]
    assert [w.split(" ")[0] for w in differences(expected, other, "$", set())] == [
        "$.by.estate.rows",
        "$.by.unit.rows[3].baseline",
        "$.series.parking[0].current",
        "$.services.figures[2].change_pct",
        "$.intake.duplicates",
    ]


def test_the_settings_said_are_those_used_here(found: dict[str, Any]) -> None:
    said = {s["key"]: s["value"] for s in found["provenance"]["settings"]}
    for key, value in {
        "comparison.confidence": CONFIDENCE,
        "comparison.min_n": MIN_N,
        "comparison.min_pairs": MIN_PAIRS,
        "comparison.fallback_dispersion": FALLBACK,
    }.items():
        assert float(said[key]) == value, key


def test_findings_name_the_very_rows(made: Made) -> None:
    with (made.directory / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = [(r["file"], int(r["row"]), r["code"]) for r in csv.DictReader(file)]
    rows = all_rows().query("fate != 'kept'").sort_values(["file_no", "line"])
    assert listed == [(r.file, r.line, r.fate) for r in rows.itertuples()]


def test_manifest(made: Made, found: dict[str, Any], expected: dict[str, Any]) -> None:
    manifest = json.loads((made.directory / "manifest.json").read_text("utf-8"))
    files = sorted(p for p in made.directory.rglob("*") if p.is_file() and p.name != "manifest.json")
    wanted = {
        "windows": {k: expected[k] for k in ("asked", "period", "baseline", "complete", "data")},
        "rows": {k: expected["intake"][k] for k in ("rows_in", "kept", "rejected", "duplicates")},
        "inputs": [
            {k: f[k] for k in ("file", "sha256", "bytes", "rows_in", "kept", "rejected", "duplicates")}
            for f in expected["intake"]["files"]
        ],
        "outputs": [
            {
                "file": p.relative_to(made.directory).as_posix(),
                "bytes": p.stat().st_size,
                "sha256": hashlib.sha256(p.read_bytes()).hexdigest(),
            }
            for p in files
        ],
    }
    seen: set[str] = set()
    assert not list(differences(wanted, manifest, "$", seen))
    assert set(numbers(manifest)) <= seen
    assert [f["sha256"] for f in manifest["inputs"]] == [f.sha256 for f in raw_files()]
