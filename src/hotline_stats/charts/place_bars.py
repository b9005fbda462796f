"""The places or units with most tickets, against their baseline."""

from hotline_stats import numbers
from hotline_stats.charts.bars import bar_rows, draw_bars, said_rows
from hotline_stats.charts.chart import Chart, chart_id
from hotline_stats.charts.sentences import frame_words, key_name, say, untold
from hotline_stats.messages import Lang
from hotline_stats.model import names
from hotline_stats.model.results import Comparison


def place_bars(comparison: Comparison, lang: Lang, top: int = 15) -> Chart:
    """Which places (or units, or any other values) have most tickets?

    The `top` values by count of the period, ties by baseline count and name. Tickets without a value ("")
    are not ranked; the foot says how many they are. Shares are of all tickets of the comparison.
    """
    rows = comparison.rows[(comparison.rows["key"] != "") & comparison.rows["current"].notna()]
    counts = {c: rows[c].astype(float) for c in ("current", "baseline")}
    ranked = rows.assign(**counts).sort_values(
        ["current", "baseline", "key"], ascending=[False, False, True], kind="stable"
    )
    keys = [str(k) for k in ranked["key"].head(top)]
    unnamed = comparison.rows.loc[comparison.rows["key"] == "", "current"].tolist()
    missing = int(sum(n for n in unnamed if n is not None))
    title = _title(comparison, keys, lang)
    notes = [
        say("marks", lang) if comparison.windows.covered and keys else "",
        say("places-top", lang, n=len(keys), all=numbers.count(len(rows), lang))
        if len(rows) > len(keys)
        else "",
        say("places-missing", lang, tickets=names.tickets(missing, lang)) if missing else "",
        untold([*comparison.rows["current"], *comparison.rows["baseline"]], lang),
    ]
    words = frame_words(title, comparison, lang, say("unit-tickets", lang), notes)
    figure = draw_bars(words, bar_rows(comparison, keys, lang), comparison, lang)
    alt = say("stop", lang).join([title, words.subtitle, said_rows(comparison, keys, lang)])
    return Chart(chart_id("places", comparison.by), figure, title, alt)


def _title(comparison: Comparison, keys: list[str], lang: Lang) -> str:
    rows = [comparison.row(k) for k in keys]
    if not rows or rows[0]["current"] == 0:
        return say("nothing" if not rows else "heat-none", lang)
    first = rows[0]["current"]
    ties = int((comparison.rows.loc[comparison.rows["key"] != "", "current"] == first).sum())
    name, held = key_name(comparison.types, comparison.by, keys[0], lang), names.tickets(first, lang)
    if ties > 1:
        return say("places-tie", lang, name=name, n=ties, more=ties - 1, tickets=held)
    share = numbers.percent(100 * first / comparison.total["current"], lang)
    return say("places-title", lang, name=name, tickets=held, share=share)
