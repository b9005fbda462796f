"""Tickets in doubt in a report: counted by type where a margin is set, and not mentioned where none is."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import report_data

import hotline_stats as hs
from hotline_stats.model.findings import Doubt
from hotline_stats.reports.report import Report

EXPORTS = Path(__file__).parents[2] / "data" / "samples" / "exports"


def text(doubt: Doubt, lang: str) -> str:
    intake = replace(report_data.intake(), doubt=doubt)
    made = Report(report_data.results(), intake, report_data.provenance(), lang, 12)  # type: ignore[arg-type]
    return json.dumps(made.document.to_dict(), ensure_ascii=False)


DOUBT = Doubt(0.3, (("parking", 30, 120), ("noise", 0, 50), ("other", 90, 400)))


def test_in_english() -> None:
    said = text(DOUBT, "en")
    assert "Of the 12,000 tickets kept, 120 (1.0%) have a type that leads by less than 0.3" in said
    assert "below 0.3 (classification.min_margin)" in said
    assert '"Tickets in doubt, by the type given"' in said
    assert '["Parking", 120, 30, 25.0]' in said and '["Noise", 50' not in said


def test_in_chinese() -> None:
    said = text(DOUBT, "zh")
    assert "采用的12,000件中，120件（1.0%）的类型领先幅度低于0.3" in said and "待核" in said
    assert '["停车难", 120, 30, 25.0]' in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nobody_asked(lang: str) -> None:
    said = text(Doubt(), lang)
    assert "待核" not in said and "in doubt" not in said


def test_none_is_in_doubt() -> None:
    said = text(Doubt(0.01, (("parking", 0, 120),)), "en")
    assert "120" in said and ", 0 (0.0%) have a type" in said and "Tickets in doubt, by" not in said


def test_from_files_to_json() -> None:
    settings = hs.config(classification__min_margin=0.3, model="none")
    tickets = hs.count(EXPORTS, settings=settings)
    doubt = tickets.intake.doubt
    rows = hs.load(EXPORTS, settings=hs.config(model="none")).frame
    low = rows[rows["type_margin"] < 0.3].groupby("type_primary", observed=True).size()
    assert {t: n for t, n, _ in doubt.types if n} == low.to_dict() and doubt.n > 100
    assert sum(n for _, _, n in doubt.types) == len(rows)
    said = hs.report(tickets, settings=settings).to_dict()["intake"]["doubt"]
    assert said == {"min_margin": 0.3, "n": doubt.n, "types": {t: n for t, n, _ in doubt.types}}
    assert hs.check(EXPORTS, settings=settings).doubt == doubt
