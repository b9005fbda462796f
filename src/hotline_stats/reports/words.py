"""The words of a report: sentences from messages/report.toml in one language, with counts and lists put in."""

from collections.abc import Sequence
from dataclasses import dataclass

from hotline_stats import numbers
from hotline_stats.messages import Lang, catalogue, text
from hotline_stats.model.columns import BY_NAME
from hotline_stats.model.period import previous
from hotline_stats.model.results import Windows
from hotline_stats.reports.format import clean

_DIGITS = "零一二三四五六七八九十"
_LONGEST = 40


@dataclass(frozen=True)
class Words:
    """The language of a report and the word by which its comparison is rightly called.

    `kind` is `yoy` (against the same span a year earlier, 同比), `pop` (against the span just before, 环比) or
    `other`. Text facts are cleaned of line breaks and control characters on the way in.
    """

    lang: Lang
    kind: str

    def say(self, code: str, /, **facts: object) -> str:
        """The sentence or label `code`; `{yoy}`, `{prior}` are filled in from the kind of comparison."""
        known = {k: clean(v) if isinstance(v, str) else v for k, v in facts.items()}
        return text("report", code, self.lang, yoy=self._kind("yoy"), prior=self._kind("prior"), **known)

    def known(self, code: str) -> bool:
        return code in catalogue("report")

    def _kind(self, what: str) -> str:
        return text("report", f"{what}-{self.kind}", self.lang)

    def tickets(self, n: int) -> str:
        """`1,102件`, `1 ticket`, `1,102 tickets`."""
        return self.say("ticket" if abs(n) == 1 else "tickets", n=numbers.count(n, self.lang))

    def listed(self, items: Sequence[str]) -> str:
        """Items in one sentence: `甲、乙、丙`, `a, b and c`."""
        mark, last = self.say("list-mark"), self.say("list-last")
        return mark.join(items[:-1]) + last + items[-1] if len(items) > 1 else "".join(items)

    def joined(self, sentences: Sequence[str]) -> str:
        """Sentences one after the other."""
        return self.say("sentence-gap").join(s for s in sentences if s).strip()

    def name(self, name: str) -> str:
        """A name within a sentence: on one line and, if it is very long, cut. Tables have the whole of it."""
        whole = clean(name)
        return whole if len(whole) <= _LONGEST else whole[: _LONGEST - 1] + "…"

    def column(self, by: str) -> str:
        """What a comparison is by: `居村`, `community`."""
        if self.known(f"column-{by}"):
            return self.say(f"column-{by}")
        return BY_NAME[by].label(self.lang) if by in BY_NAME else by

    def heading(self, by: str) -> str:
        """The same as a heading: `Community`."""
        name = self.column(by)
        return name[:1].upper() + name[1:]

    def ordinal(self, n: int) -> str:
        """The number of a section: `一、`, `1. `."""
        return self.say("ordinal", n=_chinese(n) if self.lang == "zh" else str(n))


def _chinese(n: int) -> str:
    """1–99 in Chinese digits."""
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else ("" if tens == 1 else _DIGITS[tens]) + "十") + (
        "" if ones == 0 else _DIGITS[ones]
    )


def comparison_kind(windows: Windows) -> str:
    """Which word the comparison earns. A month against the month before is never called year on year."""
    if windows.baseline == windows.period.year_before():
        return "yoy"
    return "pop" if windows.baseline == previous(windows.period) else "other"
