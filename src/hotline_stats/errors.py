"""The tree of errors: each has a code, an exit code and a hint; their texts are in messages/errors.toml."""

import re

from hotline_stats.messages import Lang, text

_QUOTED = ("found", "closest", "key", "name", "phrase")
"""Facts that repeat what someone wrote, or what stands in the data."""
_PERSONAL = re.compile(
    r"[\w.+-]+[@＠][\w-]+(?:\.[\w-]+)+|\d{9,}[Xx]?|\d{3,4}[-—－ ]\d{4}[-—－ ]?\d{4}|0\d{2,3}[)）]?[-—－ ]?\d{7,8}"
)
"""Numbers of people: phones and papers, in digits of any width; e-mail addresses. A day such as 20240105 is not."""


def _without_numbers(fact: object) -> object:
    said = str(fact)
    return _PERSONAL.sub("…", said) if _PERSONAL.search(said) else fact


class HotlineStatsError(Exception):
    """Something a person can mend. `code` names the entry in messages/errors.toml.

    Facts never hold a cell; numbers of people in what is quoted are left out all the same, since a person may have
    typed one. `message(lang)` says which file, row or column, what was found and what was expected;
    `hint(lang)` says what to do. `str()` gives both in English.
    """

    exit_code = 70

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = {k: _without_numbers(v) if k in _QUOTED else v for k, v in facts.items()}

    def message(self, lang: Lang) -> str:
        return text("errors", self.code, lang, **self.facts)

    def hint(self, lang: Lang) -> str:
        return text("errors", self.code, f"{lang}_hint", **self.facts)

    def __str__(self) -> str:
        return f"{self.message('en')} {self.hint('en')}"


class UsageError(HotlineStatsError):
    """A wrong option, period, setting or taxonomy file."""

    exit_code = 2


class InputError(HotlineStatsError):
    """The files given cannot be used: missing, empty, binary, without the columns needed."""

    exit_code = 3


class PlaceError(HotlineStatsError):
    """The surroundings fail: an output that cannot be written, an extra not installed."""

    exit_code = 4


class NotYetError(HotlineStatsError):
    """Right, but too early: the month is incomplete or another run holds the lock."""

    exit_code = 5
