"""This period against its baseline by problem type."""

from collections.abc import Sequence

from hotline_stats.charts.bars import bar_rows, draw_bars, said_rows
from hotline_stats.charts.chart import Chart, chart_id
from hotline_stats.charts.sentences import comparison_title, frame_words, say, subject_key, untold
from hotline_stats.messages import Lang
from hotline_stats.model.results import Comparison


def type_change(comparison: Comparison, keys: Sequence[str], lang: Lang) -> Chart:
    """How did each of `keys` (types or groups of the comparison, drawn in this order) change?

    Counts of tickets and the change in percent of the baseline. The title speaks of the group or total that
    `keys` make up, if there is one, and calls only verdicts `fall` and `rise` so. KeyError for an unknown key.
    """
    title = comparison_title(comparison, keys, lang)
    marks = say("marks", lang) if comparison.windows.covered and keys else ""
    rows = [comparison.row(k) for k in keys]
    covered = comparison.windows.covered
    hidden = untold([n for r in rows for n in (r["current"], r["baseline"] if covered else 0)], lang)
    words = frame_words(title, comparison, lang, say("unit-tickets", lang), [marks, hidden])
    figure = draw_bars(words, bar_rows(comparison, keys, lang), comparison, lang)
    alt = say("stop", lang).join([title, words.subtitle, said_rows(comparison, keys, lang)])
    return Chart(chart_id("type-change", subject_key(comparison, keys)), figure, title, alt)
