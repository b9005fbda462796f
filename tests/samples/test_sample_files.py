"""The sample files: the same bytes from the same seed, and the committed ones are those of the default seed."""

from pathlib import Path

import pandas as pd
import pytest
from sample_frames import FILES, SAMPLES

from hotline_stats.errors import PlaceError
from hotline_stats.samples import write


def test_the_committed_files_are_those_of_the_default_seed(tmp_path: Path) -> None:
    """And a file that was there already is written over."""
    (tmp_path / "truth.csv").write_text("old", "utf-8")
    written = write(tmp_path)
    assert [p.relative_to(tmp_path).as_posix() for p in written] == [
        *(f"exports/{n}" for n in FILES),
        "truth.csv",
    ]
    for path in written:
        assert path.read_bytes() == (SAMPLES / path.relative_to(tmp_path)).read_bytes(), path.name


def test_another_seed_gives_other_tickets(tmp_path: Path) -> None:
    for path in write(tmp_path, seed=99):
        assert path.read_bytes() != (SAMPLES / path.relative_to(tmp_path)).read_bytes()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(PlaceError) as caught:
        write(tmp_path / "file")
    assert caught.value.code == "cannot-write"
    assert "tickets_2023H1.csv" in caught.value.message("en")


def test_truth_is_sorted_and_has_its_columns() -> None:
    truth = pd.read_csv(SAMPLES / "truth.csv", dtype=str)
    assert list(truth.columns) == [
        "ticket_id", "accepted", "type_primary", "type_secondary", "request_type", "community", "estate", "unit",
        "closed", "satisfaction", "contacted", "resolved", "repeat",
    ]  # fmt: skip
    assert truth["ticket_id"].is_monotonic_increasing
    assert truth["ticket_id"].is_unique
    assert 9_000 <= len(truth) <= 12_000
    assert b"\r" not in (SAMPLES / "truth.csv").read_bytes()
