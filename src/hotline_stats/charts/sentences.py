"""What charts say in words: windows, notes, the change of a row, and a change as a sentence.

A change is called a fall or a rise only when its verdict says so.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from hotline_stats import numbers
from hotline_stats.charts import theme
from hotline_stats.charts.font import one_line
from hotline_stats.charts.sheet import Words
from hotline_stats.messages import Lang, text
from hotline_stats.model.results import Comparison, Windows
from hotline_stats.model.types import OTHER, TypeScheme

Row = Mapping[str, Any]


def say(code: str, lang: Lang, **facts: object) -> str:
    return text("charts", code, lang, **facts)


def key_name(types: TypeScheme, by: str, key: str, lang: Lang) -> str:
    """The name of a row: of a type or group, of the total, of a missing value, else the value itself."""
    if key == "":
        return text("notes", "missing-value", lang)
    if by not in ("type", "group"):
        return one_line(key)
    return text("notes", "total", lang) if key == "total" else one_line(types.name(key, lang))


def window_names(windows: Windows, lang: Lang) -> tuple[str, str]:
    """Short names of period and baseline: their years when each lies in a year of its own."""
    years = [{p.start.year, p.end.year} for p in (windows.period, windows.baseline)]
    if years[0] != years[1] and all(len(y) == 1 for y in years):
        return say("year", lang, year=years[0].pop()), say("year", lang, year=years[1].pop())
    return say("current", lang), say("baseline", lang)


def frame_words(
    title: str, windows: Windows, lang: Lang, unit: str, notes: Sequence[str] = (), *, compared: bool = True
) -> Words:
    """Title, unit and windows, and the foot: notes, marks of cut or missing windows, source. `compared` is
    False for a chart that shows the period alone."""
    facts = {"period": windows.period, "baseline": windows.baseline, "asked": windows.asked}
    subtitle = say("windows" if windows.covered and compared else "window-alone", lang, unit=unit, **facts)
    foot = [n for n in notes if n]
    if not windows.complete:
        foot.append(say("cut", lang, **facts))
    if compared and not windows.covered:
        foot.append(say("uncovered", lang, **facts))
    return Words(title, subtitle, (*foot, say("source", lang)))


def change_mark(row: Row, lang: Lang) -> tuple[str, str]:
    """The change of a row for beside its bar, and its colour; grey and hollow when it is not to be relied on."""
    sure = row["verdict"] in ("fall", "rise")
    colour = {"fall": theme.FALL_TEXT, "rise": theme.RISE_TEXT}.get(row["verdict"], theme.NOISE_TEXT)
    if row["status"] != "ok":
        empty = row["current"] == row["baseline"] == 0
        return (numbers.MISSING if empty else say(row["status"], lang)), colour
    mark = numbers.arrow(row["change_pct"], lang)
    return (mark if sure else mark.replace("▼", "▽").replace("▲", "△")), colour


def change_words(row: Row, lang: Lang) -> str:
    """The change of a row for a list read aloud."""
    if row["status"] in ("new", "gone", "incomplete"):
        return say(row["status"], lang)
    if row["verdict"] == "too-few":
        return say("few", lang)
    if row["verdict"] == "within-noise":
        return say("no-clear-change", lang)
    return say("small", lang) if row["status"] == "small" else numbers.fall_or_rise(row["change_pct"], lang)


def change_sentence(row: Row, name: str, lang: Lang) -> str:
    """The change of a row as the main clause of a title."""
    counts = {k: numbers.count(row[k], lang) for k in ("current", "baseline")}
    if row["status"] == "incomplete":
        return say("not-comparable", lang, name=name, **counts)
    if row["verdict"] in ("within-noise", "too-few"):
        return say(row["verdict"], lang, name=name)
    if row["status"] == "ok":
        return say("moved", lang, name=name, moved=numbers.fall_or_rise(row["change_pct"], lang))
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
    clear = [r for r in rows if r["status"] == "ok" and r["change_pct"] is not None and r["key"] != OTHER]
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
    top = max(rows, key=lambda r: r["current"])
    facts = {
        "name": key_name(comparison.types, comparison.by, top["key"], lang),
        "current": numbers.count(top["current"], lang),
    }
    if subject is None:
        return say("highest", lang, **facts)
    main = say("amount", lang, name=name, current=numbers.count(subject["current"], lang))
    return main + (say("and-most", lang, **facts) if len(rows) > 1 and top["current"] else "")
