"""The corpus: every row has what its page says, and the types of the taxonomy it is labelled with."""

import csv
from collections import Counter
from pathlib import Path

from hotline_stats.quality import read
from hotline_stats.taxonomy import load

FOLDER = Path(__file__).parents[2] / "data" / "corpus"
COLUMNS = ["no", "register", "title", "content", "primary", "secondary", "readings"]


def rows() -> list[dict[str, str]]:
    with (FOLDER / "tickets.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_rows_are_whole() -> None:
    found = rows()
    assert list(found[0]) == COLUMNS
    assert [r["no"] for r in found] == [f"{i:04d}" for i in range(1, len(found) + 1)]
    assert {r["register"] for r in found} == {"operator", "app", "letter", "phone", "terse", "meeting"}
    assert all(r["content"].strip() for r in found)
    assert len({(r["title"], r["content"]) for r in found}) == len(found)
    for r in found:
        second = r["secondary"].split("|") if r["secondary"] else []
        assert r["primary"] not in second and "other" not in second


def test_types_are_known_and_counted_on_the_page() -> None:
    scheme = load("wujiaochang").scheme
    found = rows()
    assert len(read(FOLDER / "tickets.tsv", scheme)) == len(found)
    counts = Counter(r["primary"] for r in found)
    assert set(counts) == set(scheme.ids)
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    others = [n for kind, n in counts.items() if kind != "other"]
    for said in (
        f"{len(found):,} invented",
        f"{counts['other']:,} tickets are `other`, {min(others)} to {max(others)} are",
        f"{sum(r['readings'] == '2' for r in found)} have two readings",
    ):
        assert said in page
