"""Phrases about one change: a change within noise is never called a fall or a rise."""

from collections.abc import Sequence

from hotline_stats import numbers
from hotline_stats.model.results import shown_interval, shown_pct
from hotline_stats.reports.matter import Matter
from hotline_stats.reports.rows import Row
from hotline_stats.reports.words import Words

NAMED = 3
"""How many rows a sentence names."""
_LEVEL = 5.0
"""Percent below which a change within noise is called broadly unchanged (基本持平)."""


def difference(change: int, words: Words) -> str:
    """`减少168件`, `168 fewer`."""
    if change == 0:
        return words.say("same-count")
    return words.say("fewer" if change < 0 else "more", n=numbers.count(abs(change), words.lang))


def clause(row: Row, matter: Matter) -> str:
    """What became of one row since the baseline, as far as its verdict allows to say."""
    words, verdict, change = matter.words, row["verdict"], shown_pct(row)
    baseline = words.tickets(row["baseline"])
    moved = difference(row["change"], words)
    if not row["current"] and not row["baseline"]:
        return words.say("change-none")
    if row["baseline"] == 0:
        return words.say("change-new", difference=moved)
    if row["status"] == "incomplete":
        return words.say("change-unjudged", baseline=baseline, difference=moved)
    if verdict == "too-few":
        return words.say("change-few", baseline=baseline)
    if row["change"] == 0:
        return words.say("change-same", baseline=baseline)
    if verdict == "calendar":
        pct = numbers.percent(change, words.lang, signed=True)
        return words.say("change-calendar", baseline=baseline, difference=moved, pct=pct)
    if verdict == "within-noise":
        if change is None:
            return words.say("change-noise-small", baseline=baseline, difference=moved)
        pct = numbers.percent(change, words.lang, signed=True)
        code = "change-level" if abs(change) < _LEVEL else "change-noise"
        return words.say(code, baseline=baseline, difference=moved, pct=pct)
    if verdict in ("fall", "rise"):
        return _clear(row, matter, baseline, moved)
    return words.say("change-unjudged", baseline=baseline, difference=moved)


def _clear(row: Row, matter: Matter, baseline: str, moved: str) -> str:
    words, pct, interval = matter.words, shown_pct(row), shown_interval(row)
    if pct is None:
        return words.say("change-clear-small", baseline=baseline, difference=moved)
    change = numbers.fall_or_rise(pct, words.lang)
    if interval is None:
        return words.say("change-clear", baseline=baseline, difference=moved, change=change)
    low, high = interval
    return words.say(
        "change-clear-interval",
        baseline=baseline,
        difference=moved,
        change=change,
        confidence=matter.confidence,
        low=numbers.percent(low, words.lang, signed=True),
        high=numbers.percent(high, words.lang, signed=True),
    )


def item(row: Row, words: Words) -> str:
    """One row in a list: `违法搭建（500→332，下降33.6%）`."""
    facts = {
        "name": words.name(str(row["name"])),
        "baseline": numbers.count(row["baseline"], words.lang),
        "current": numbers.count(row["current"], words.lang),
    }
    pct = shown_pct(row)
    if pct is None:
        return words.say("item-change-new", **facts)
    return words.say("item-change", change=numbers.fall_or_rise(pct, words.lang), **facts)


def by_importance(found: Sequence[Row]) -> list[Row]:
    """Largest change in tickets first."""
    return sorted(found, key=lambda r: (-abs(r["change"]), -r["current"], str(r["key"])))


def moved(found: Sequence[Row], verdict: str) -> list[Row]:
    """The rows of one verdict, the most important first."""
    return by_importance([r for r in found if r["verdict"] == verdict])


def verdict_sentences(found: Sequence[Row], words: Words) -> list[str]:
    """What fell, what rose, what moved within noise and what is too small to judge, in this order."""
    found = [r for r in found if r["status"] != "suppressed"]
    held = [r for r in found if _any(r)]
    sentences = [
        words.say(code, items=words.listed([item(r, words) for r in moved(found, verdict)]))
        for code, verdict in (("types-fell", "fall"), ("types-rose", "rise"))
        if moved(found, verdict)
    ]
    if held and all(r["verdict"] == "within-noise" for r in held):
        return [words.say("types-none-clear")]
    rest = (("types-noise", "within-noise"), ("types-calendar", "calendar"), ("types-few", "too-few"))
    return [*sentences, *_named(found, words, rest)]


def _named(found: Sequence[Row], words: Words, codes: Sequence[tuple[str, str]]) -> list[str]:
    """For each (sentence, verdict) the names of the rows of that verdict."""
    sentences = []
    for code, verdict in codes:
        names = [
            words.name(str(r["name"])) for r in by_importance(found) if r["verdict"] == verdict and _any(r)
        ]
        if names:
            sentences.append(words.say(code, items=words.listed(names)))
    return sentences


def share_items(found: Sequence[Row], total: int, words: Words) -> list[str]:
    """Rows with their share of the total: `投诉620件（占62.0%）`."""
    return [
        words.say(
            "item-share",
            name=words.name(str(r["name"])),
            n=words.tickets(r["current"]),
            share=numbers.percent(100 * r["current"] / total, words.lang),
        )
        for r in found
        if r["current"] and total
    ]


def _any(row: Row) -> bool:
    return bool(row["current"] or row["baseline"])
