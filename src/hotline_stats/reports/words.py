"""The words of a report: sentences from messages/report.toml in one language, with counts and lists put in."""

from collections.abc import Sequence
from dataclasses import dataclass

from hotline_stats.messages import Lang, catalogue, text
from hotline_stats.model import names
from hotline_stats.model.period import previous
from hotline_stats.model.results import Where, Windows
from hotline_stats.reports.format import clean

_DIGITS = "零一二三四五六七八九十"
_LONGEST = 40


@dataclass(frozen=True)
class Words:
    """The language of a report and the word by which its comparison is rightly called.

    `kind` is `yoy` (against the same span a year earlier, 同比), `pop` (against the span just before, 环比),
    `mean` (against the mean of several years) or `other`. `chosen`: whether the report is about selected tickets, which are then not called all tickets.
    Text facts are cleaned of line breaks and control characters on the way in.
    """

    lang: Lang
    kind: str
    chosen: bool = False

    def say(self, code: str, /, **facts: object) -> str:
        """The sentence or label `code`; `{yoy}`, `{prior}` are filled in from the kind of comparison, `{all}` and
        `{which}` from whether tickets were selected."""
        known = {k: clean(v) if isinstance(v, str) else v for k, v in facts.items()}
        return text("report", code, self.lang, **self._own(), **known)

    def known(self, code: str) -> bool:
        return code in catalogue("report")

    def _own(self) -> dict[str, str]:
        chosen = "chosen" if self.chosen else "all"
        codes = {"yoy": self.kind, "prior": self.kind, "all": chosen, "which": chosen}
        return {what: text("report", f"{what}-{kind}", self.lang) for what, kind in codes.items()}

    def tickets(self, n: int) -> str:
        """`1,102件`, `1 ticket`, `1,102 tickets`."""
        return names.tickets(n, self.lang)

    def request_types(self, kinds: Sequence[str]) -> str:
        """Request types in one sentence, in English with an English word."""
        return self.listed([self.name(names.value(None, "request_type", k, self.lang)) for k in kinds])

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
        return names.column(by, self.lang)

    def heading(self, by: str) -> str:
        """The same as a heading: `Community`."""
        return capital(self.column(by))

    def ordinal(self, n: int) -> str:
        """The number of a section: `一、`, `1. `."""
        return self.say("ordinal", n=_chinese(n) if self.lang == "zh" else str(n))

    def part(self, section: int, n: int) -> str:
        """The number of a part of a section: `（一）`, `1.1 `."""
        return self.say("ordinal-part", n=_chinese(n) if self.lang == "zh" else f"{section}.{n}")


def capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def words_of(lang: Lang, windows: Windows, where: Where) -> Words:
    """The words for results of these windows and conditions."""
    return Words(lang, comparison_kind(windows), bool(where))


def _chinese(n: int) -> str:
    """1–99 in Chinese digits."""
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else ("" if tens == 1 else _DIGITS[tens]) + "十") + (
        "" if ones == 0 else _DIGITS[ones]
    )


def comparison_kind(windows: Windows) -> str:
    """Which word the comparison earns. A month against the month before is never called year on year."""
    if windows.means:
        return "mean"
    if windows.baseline == windows.period.year_before():
        return "yoy"
    return "pop" if windows.baseline == previous(windows.period) else "other"
