"""可公开的报告: what is left out of it, and by which rule."""

from hotline_stats.model.disclosure import MARK
from hotline_stats.reports.matter import Matter


def opening(matter: Matter) -> list[str]:
    """What the mark means, beside the first figures; empty in a report that is not for the public."""
    return [matter.words.say("public-opening", **_rule(matter))] if matter.results.disclosure else []


def definitions(matter: Matter) -> list[str]:
    """By which rules figures are left out or rounded."""
    if matter.results.disclosure is None:
        return []
    return [matter.words.say(code, **_rule(matter)) for code in ("method-public", "method-public-rates")]


def _rule(matter: Matter) -> dict[str, object]:
    assert matter.results.disclosure is not None
    below = matter.results.disclosure.below
    return {"mark": MARK, "below": below, "most": below - 1}
