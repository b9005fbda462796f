"""Documents for the public: marks where counts are hidden, in every part, and no sentence about a hidden row."""

import re

import pytest
import report_data as data

from hotline_stats.disclosure import intake, provenance, public
from hotline_stats.messages import Lang
from hotline_stats.model.results import Results
from hotline_stats.reports.compose import compose
from hotline_stats.reports.document import Document, KeyFigures, Notes, Paragraph, Table
from hotline_stats.reports.frames import frames
from hotline_stats.reports.renderers.html import html

SMALL = tuple(
    (*t[:3], then, now)
    for t, (then, now) in zip(
        data.TYPES,
        ((3, 2), (60, 45), (4, 0), (1, 1), (0, 3), (8, 5), (70, 50), (2, 12), (80, 90), (40, 3), (2, 2), (30, 31), (9, 8)),
        strict=True,
    )
)  # fmt: skip
PLACES = ("第1居委会", "第2居委会", "第3居委会")


@pytest.fixture(scope="module")
def small() -> Results:
    return public(data.results(data.facts(PLACES, SMALL)))


def made(results: Results, lang: Lang, drawn: bool = True) -> Document:
    return compose(results, intake(data.intake()), provenance(data.provenance()), lang, 12, drawn=drawn)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_mark_what_is_hidden(small: Results, lang: Lang) -> None:
    document = made(small, lang)
    hidden = small.types.rows[small.types.rows["current"].isna() | small.types.rows["baseline"].isna()]
    assert len(hidden) > 4
    tables = [b for b in document.blocks if isinstance(b, Table)]
    rows = {row[0]: row for t in tables if t.id in ("headline", "property", "types") for row in t.rows}
    for key, current, baseline in zip(hidden["key"], hidden["current"], hidden["baseline"], strict=True):
        row = rows[small.scheme.name(key, lang)]
        assert (row[1] == "*") == (baseline is None) and (row[2] == "*") == (current is None)
        assert row[3] == row[4] == "*" and "suppressed" in row
    assert not {"files", "findings", "doubt", "by-unit", "by-station", "mix"} & {t.id for t in tables}
    page = html(document)
    assert ">*<" in page and "2024年工单" not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_sentence_speaks_of_a_hidden_row(small: Results, lang: Lang) -> None:
    document = made(small, lang)
    hidden = small.types.rows[small.types.rows["current"].isna()]
    names = [small.scheme.name(k, lang) for k in hidden["key"] if k != "other"]
    said = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    said += [
        t for b in document.blocks if isinstance(b, KeyFigures) for c in b.cards for t in (c.label, c.value)
    ]
    for name in names:
        assert not [s for s in said if re.search(re.escape(name) + r"[（(:：]?\s*\d", s)], name
    notes = [n for b in document.blocks if isinstance(b, Notes) for n in b.items]
    assert any("*" in n for n in notes)
    assert not any("None" in s for s in (*said, *notes, *(f.alt for f in document.figures)))


def test_hidden_counts_are_not_in_the_results(small: Results) -> None:
    """Whatever is composed comes from results that do not hold a hidden count."""
    inside = data.results(data.facts(PLACES, SMALL))
    for window in ("current", "baseline"):
        truth = dict(zip(inside.types.rows["key"], inside.types.rows[window], strict=True))
        found = dict(zip(small.types.rows["key"], small.types.rows[window], strict=True))
        assert all(n is None or n == truth[k] for k, n in found.items())
        assert all(found[k] is None for k, n in truth.items() if 0 < n < 5)
        for frame in (small.series.frame, small.drivers.rows if small.drivers else small.series.frame):
            assert not [n for n in frame[window] if n is not None and 0 < n < 5]


def test_tables_of_numbers(small: Results) -> None:
    found = frames(small, "zh")
    assert str(found["type"]["current"].dtype) == "Int64" and found["type"]["current"].isna().any()
    assert "unit" not in found and found["services"]["denominator"].isna().all()


@pytest.mark.parametrize("period", ["2023", "2024-05", "2024-01..2024-02"])
def test_other_windows(period: str) -> None:
    """A baseline that the data do not hold, a month, and January with February."""
    document = made(public(data.results(data.facts(PLACES), period)), "zh")
    assert "None" not in html(document).replace("<None", "")
