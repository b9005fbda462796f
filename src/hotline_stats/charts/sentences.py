"""What charts say in words: windows, notes, the change of a row, and a change as a sentence.

A change is called a fall or a rise only when its verdict says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hotline_stats import numbers
from hotline_stats.charts import theme
from hotline_stats.charts.font import one_line
from hotline_stats.charts.sheet import Words
from hotline_stats.messages import Lang, text
from hotline_stats.model import names
from hotline_stats.model.disclosure import MARK
from hotline_stats.model.results import (
    Comparison,
    Contributions,
    Series,
    Windows,
    shown_pct,
)
from hotline_stats.model.service_rows import ServiceRows
from hotline_stats.model.services import ServiceFigures
from hotline_stats.model.types import OTHER, TypeScheme

Row = Mapping[str, Any]
Drawn = Comparison | Series | Contributions | ServiceFigures | ServiceRows
"""What a chart shows: it knows its windows and which tickets were selected."""


def say(code: str, lang: Lang, **facts: object) -> str:
    return text("charts", code, lang, **facts)


def key_name(types: TypeScheme, by: str, key: str, lang: Lang) -> str:
    """The name of a row, on one line."""
    return one_line(names.value(types, by, key, lang))


def window_names(windows: Windows, lang: Lang) -> tuple[str, str]:
    """Short names of period and baseline."""
    return names.windows(windows.period, windows.baselines, lang)


def frame_words(
    title: str, drawn: Drawn, lang: Lang, unit: str, notes: Sequence[str] = (), *, compared: bool = True
) -> Words:
    """Title; unit, windows and what was selected; and the foot: notes, marks of cut or missing windows, source.
    `compared` is False for a chart that shows the period alone."""
    windows = drawn.windows
    against = names.baseline(windows.baselines, lang)
    facts = {"period": windows.period, "baseline": against, "asked": windows.asked}
    chosen = one_line(names.conditions(drawn.where, drawn.types, lang))
    code = "windows" if windows.covered and compared else "window-alone"
    subtitle = say(code, lang, unit=unit, chosen=chosen, **facts).strip()
    foot = [n for n in notes if n]
    if not windows.complete:
        foot.append(_cut(windows, lang))
    if compared and not windows.covered:
        foot.append(say("uncovered", lang, **facts))
    return Words(title, subtitle, (*foot, say("source", lang)))


def _cut(windows: Windows, lang: Lang) -> str:
    """Why the period drawn is not all of the one asked for, or of the default one."""
    facts = {"start": windows.data_start, "end": windows.data_end, "period": windows.period}
    if windows.requested:
        return say("cut", lang, asked=windows.asked, **facts)
    return say("to-date" if windows.period.start == windows.asked.start else "reach", lang, **facts)


def count(n: float | None, lang: Lang) -> str:
    """A count, or the mark of one that is suppressed."""
    return MARK if n is None else numbers.count(n, lang)


def untold(counts: Iterable[float | None], lang: Lang) -> str:
    """A foot that explains the mark; "" where every count is told."""
    return say("untold-mark", lang, mark=MARK) if any(n is None for n in counts) else ""


def verdict_colour(verdict: str | None) -> str:
    """Grey for what is not told from noise."""
    return {"fall": theme.FALL_TEXT, "rise": theme.RISE_TEXT}.get(verdict or "", theme.NOISE_TEXT)


def change_mark(row: Row, lang: Lang) -> tuple[str, str]:
    """The change of a row for beside its bar, and its colour; grey and hollow when it is not to be relied on.
    Where no percentage is printed, the status is, with a filled arrow when the change is sure."""
    colour, filled = verdict_colour(row["verdict"]), {"fall": "▼", "rise": "▲"}.get(row["verdict"], "")
    if row["current"] == row["baseline"] == 0:
        return numbers.MISSING, colour
    pct = shown_pct(row)
    if pct is None:
        return filled + names.say(f"status-{row['status']}", lang), colour
    mark = numbers.arrow(pct, lang)
    return (mark if filled else mark.replace("▼", "▽").replace("▲", "△")), colour


def change_words(row: Row, lang: Lang) -> str:
    """The change of a row for a list read aloud."""
    if row["status"] in ("new", "gone", "incomplete", "uncountable", "suppressed"):
        return names.say(f"status-{row['status']}", lang)
    if row["verdict"] == "too-few":
        return say("few", lang)
    if row["verdict"] in ("within-noise", "calendar"):
        return say("no-clear-change" if row["verdict"] == "within-noise" else "festival", lang)
    pct = shown_pct(row)
    return names.say("status-small", lang) if pct is None else numbers.fall_or_rise(pct, lang)


def change_sentence(row: Row, name: str, lang: Lang) -> str:
    """The change of a row as the main clause of a title."""
    counts = {k: count(row[k], lang) for k in ("current", "baseline")}
    pct = shown_pct(row)
    if row["status"] == "suppressed":
        return say("untold", lang, name=name)
    if row["status"] in ("incomplete", "uncountable"):
        return say("not-comparable", lang, name=name, **counts)
    if row["verdict"] in ("within-noise", "too-few", "calendar"):
        return say(row["verdict"], lang, name=name)
    if pct is not None:
        return say("moved", lang, name=name, moved=numbers.fall_or_rise(pct, lang))
    return say("grew" if row["change"] > 0 else "shrank", lang, name=name, **counts)


def comparison_title(comparison: Comparison, keys: Sequence[str], lang: Lang) -> str:
    """The finding of a comparison of types: what the whole did, and which type moved most."""
    subject, rows = _subject(comparison, keys), [comparison.row(k) for k in keys]
    if not rows:
        return say("nothing", lang)
    name = key_name(comparison.types, comparison.by, subject["key"], lang) if subject else ""
    if not comparison.windows.covered:
        return _amounts(comparison, subject, name, rows, lang)
    if subject and len(rows) == 1:
        return change_sentence(subject, name, lang)
    together = say("together", lang, name=name) if subject and subject["key"] != "total" else name
    main = change_sentence(subject, together, lang) if subject else _tally(rows, lang)
    return main + _leaders(comparison, subject, rows, lang)


def subject_key(comparison: Comparison, keys: Sequence[str]) -> str:
    """The key of what `keys` make up together, "" when it has no name."""
    row = _subject(comparison, keys) if keys else None
    return str(row["key"]) if row else ""


def _subject(comparison: Comparison, keys: Sequence[str]) -> Row | None:
    """The row that stands for all `keys` together: the only one, the total, or the group of just these."""
    if len(keys) == 1:
        return comparison.row(keys[0])
    if set(keys) == set(comparison.rows["key"]):
        return comparison.total
    held = set(comparison.groups["key"])
    for group in comparison.types.groups:
        if group.id in held and set(group.types) == set(keys) and not group.request_types:
            return comparison.row(group.id)
    return None


def _tally(rows: Sequence[Row], lang: Lang) -> str:
    falls, rises = (sum(r["verdict"] == v for r in rows) for v in ("fall", "rise"))
    if not falls and not rises:
        return say("none-clear", lang, n=len(rows))
    return say("mixed", lang, n=len(rows), falls=falls, rises=rises)


def _leaders(comparison: Comparison, subject: Row | None, rows: Sequence[Row], lang: Lang) -> str:
    """The clearest fall and rise among `rows`, the direction of the whole first."""
    clear = [r for r in rows if shown_pct(r) is not None and r["key"] != OTHER]
    ends = {
        "fall": min(
            (r for r in clear if r["verdict"] == "fall"), key=lambda r: r["change_pct"], default=None
        ),
        "rise": max(
            (r for r in clear if r["verdict"] == "rise"), key=lambda r: r["change_pct"], default=None
        ),
    }
    main = subject["verdict"] if subject and subject["verdict"] in ends else None
    out = ""
    for verdict in sorted(ends, key=lambda v: v != main):
        row = ends[verdict]
        if row is None:
            continue
        name, pct = key_name(comparison.types, comparison.by, row["key"], lang), row["change_pct"]
        if verdict == main or (subject is None and sum(r["verdict"] == verdict for r in clear) > 1):
            out += say(f"most-{verdict}", lang, name=name, pct=numbers.percent(abs(pct), lang))
        else:
            out += say("and-moved", lang, name=name, moved=numbers.fall_or_rise(pct, lang))
    return out


def _amounts(comparison: Comparison, subject: Row | None, name: str, rows: Sequence[Row], lang: Lang) -> str:
    top = max(rows, key=lambda r: r["current"] or 0)
    if top["current"] is None or (subject is not None and subject["current"] is None):
        return say("untold", lang, name=name)
    facts = {
        "name": key_name(comparison.types, comparison.by, top["key"], lang),
        "tickets": names.tickets(top["current"], lang),
        "current": numbers.count(top["current"], lang),
    }
    if subject is None:
        return say("highest", lang, **facts)
    main = say("amount", lang, name=name, tickets=names.tickets(subject["current"], lang))
    return main + (say("and-most", lang, **facts) if len(rows) > 1 and top["current"] else "")
