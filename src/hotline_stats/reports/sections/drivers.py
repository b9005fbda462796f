"""变化来自哪里: what each problem type adds to the change of all tickets."""

from hotline_stats import numbers
from hotline_stats.model.results import shown_pct
from hotline_stats.reports import phrases, rows
from hotline_stats.reports.document import Block, Heading, Paragraph
from hotline_stats.reports.matter import Matter
from hotline_stats.reports.sections import cells


def blocks(matter: Matter) -> list[Block]:
    """What each type adds to the change of all tickets; empty where that change is not judged."""
    words, found = matter.words, matter.results.contributions
    if not rows.judged(matter.results):
        return []
    sentences = [_total_change(matter)]
    records = [r for r in found.to_dict(words.lang)["rows"] if r["contribution_pp"] is not None]
    for code, falls in (("drivers-down", True), ("drivers-up", False)):
        moved = sorted(
            (r for r in records if r["change"] and (r["change"] < 0) == falls),
            key=lambda r: -abs(r["change"]),
        )
        items = [_contribution(r, matter) for r in moved[: phrases.NAMED]]
        sentences.append(words.say(code, items=words.listed(items)) if items else "")
    sentences.append(words.say("drivers-sum"))
    out: list[Block] = [
        Heading("drivers", 2, words.say("section-drivers")),
        Paragraph(words.joined(sentences)),
    ]
    out += matter.figure("contribution", words.say("figure-contribution"))
    return out + cells.blocks(matter)


def _total_change(matter: Matter) -> str:
    words, total = matter.words, matter.total
    moved, pct = phrases.difference(total["change"], words), shown_pct(total)
    if total["verdict"] in ("fall", "rise"):
        return words.say("drivers-total", difference=moved, change=numbers.fall_or_rise(pct, words.lang))
    return words.say(
        "drivers-total-noise", difference=moved, pct=numbers.percent(pct, words.lang, signed=True)
    )


def _contribution(row: rows.Row, matter: Matter) -> str:
    words = matter.words
    return words.say(
        "item-contribution",
        name=str(row["name"]),
        difference=phrases.difference(row["change"], words),
        points=numbers.points(row["contribution_pp"], words.lang, signed=True),
    )
