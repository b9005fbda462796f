"""The words of exports to values: missing, categories, flags, ratings."""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.intake.headers import normal, resource

CATEGORY = pa.dictionary(pa.int32(), pa.string())
Codes = npt.NDArray[np.int32]
LEVELS = 5
_ARROW = re.compile(r"->|→|[>＞》]")
_ARROW_BYTES = b">\xe2\xe3\xef"
"""The bytes of UTF-8 that an arrow begins with."""
_COUNT = re.compile(r"([0-9]+)(?:\.0+)?次?")
_TILDE = ord("~")
_SHORT = 64
"""The names of values up to so many characters long are remembered: columns hold the same few again and again."""


@cache
def words(*path: str) -> frozenset[str]:
    """A list of values.toml, in normal form."""
    entry = resource("values.toml")
    for key in path:
        entry = entry[key]
    return frozenset(normal_value(w) for w in entry)


def present(text: pa.StringArray) -> pa.StringArray:
    """Trimmed texts, null where one of the words for "missing" stands."""
    given = _given(text)
    if given is not None:
        return text if given.all() else pc.if_else(pa.array(given), text, pa.scalar(None, pa.string()))
    trimmed = pc.utf8_trim_whitespace(text)
    return pc.if_else(pc.is_in(trimmed, _missing_words()), pa.scalar(None, pa.string()), trimmed)


def holds(text: pa.StringArray, signs: bytes) -> bool:
    """Whether any of these bytes stands in any of the texts."""
    bounds, data = buffers(text)
    whole = data[bounds[0] : bounds[-1]].tobytes()
    return any(signs[i : i + 1] in whole for i in range(len(signs)))


def _given(text: pa.StringArray) -> npt.NDArray[np.bool_] | None:
    """Which texts are not empty, where all of those are longer than the words for "missing" and begin and end with a
    visible sign of ASCII, as times and ids do: their ends tell it, and no text is read. Else None."""
    bounds, data = buffers(text)
    given: npt.NDArray[np.bool_] = bounds[1:] > bounds[:-1]
    begins, ends = (bounds[:-1], bounds[1:]) if given.all() else (bounds[:-1][given], bounds[1:][given])
    if text.null_count or (ends - begins).min(initial=_longest_missing() + 1) <= _longest_missing():
        return None
    outer = np.concatenate([data.take(begins), data.take(ends - 1)])
    visible = outer.min(initial=_TILDE) > ord(" ") and outer.max(initial=_TILDE) <= _TILDE
    return given if visible else None


def buffers(text: pa.StringArray) -> tuple[Codes, npt.NDArray[np.uint8]]:
    """Where each text begins and the last one ends, and the bytes of UTF-8."""
    _, offsets, data = text.buffers()
    if data is None:
        return np.zeros(len(text) + 1, np.int32), np.zeros(0, np.uint8)
    bounds = np.frombuffer(offsets, np.int32)[text.offset : text.offset + len(text) + 1]
    return bounds, np.frombuffer(data, np.uint8)


@cache
def _missing_words() -> pa.Array:
    given = resource("values.toml")["missing"]
    return pa.array(sorted({v for w in given for v in (w, w.lower(), w.upper(), w.capitalize())}))


@cache
def _longest_missing() -> int:
    """Bytes of the longest word for "missing"."""
    return max(len(w.encode()) for w in _missing_words().to_pylist())


def category(text: pa.StringArray) -> pa.DictionaryArray:
    """Dictionary-coded text: white space folded, missing as null."""
    return _recode(text, lambda v: _known_name(v) if len(v) <= _SHORT else _name(v))


def _name(value: str) -> str | None:
    return None if normal_value(value) in words("missing") else " ".join(value.split())


_known_name = lru_cache(maxsize=1 << 12)(_name)


def translated(text: pa.StringArray, words: Mapping[str, str]) -> pa.StringArray:
    """Texts with the words of a mapping file (value in normal form → word) put in; the others as they stand."""
    coded = pc.dictionary_encode(text)
    given = coded.dictionary.to_pylist()
    new = [words.get(normal_value(v), v) for v in given]
    return text if new == given else pc.take(pa.array(new, pa.string()), coded.indices)


def levels(text: pa.StringArray) -> list[pa.DictionaryArray] | None:
    """The levels of categories that stand in one cell (A->B->C), five columns; null below the last of a cell.
    None where no cell has more than one."""
    if not holds(text, _ARROW_BYTES):
        return None
    coded = pc.dictionary_encode(text)
    split = [_levels(v) for v in coded.dictionary.to_pylist()]
    if all(len(parts) < 2 for parts in split):
        return None
    columns = []
    for level in range(LEVELS):
        names = pa.array([parts[level] if level < len(parts) else "" for parts in split], pa.string())
        columns.append(category(pc.take(names, coded.indices)))
    return columns


def _levels(value: str) -> list[str]:
    """The parts of a value between ->, → , > or 》, the fifth with all that follows. A value with a title in
    《》, an empty part or a part that begins with a digit (噪音>60分贝) is one part."""
    parts = [" ".join(p.split()) for p in _ARROW.split(value, LEVELS - 1)]
    if "《" in value or not all(parts) or any(p[0].isdigit() for p in parts[1:]):
        return [value]
    return parts


def flag(text: pa.StringArray, column: str) -> tuple[pa.BooleanArray, pa.BooleanArray]:
    """The three-valued flag of `column` (true, false, null) and a mask of words that are not known."""
    return _truth(text, _flag_words(column))


def rating(text: pa.StringArray) -> tuple[pa.DictionaryArray, pa.BooleanArray]:
    """The rating (ids of model.columns.RATINGS) and a mask of words that are not known."""
    said, codes, unknown = _listed(text, _rating_words())
    return _coded(said, codes), unknown


def positive(text: pa.StringArray) -> tuple[pa.BooleanArray, pa.BooleanArray]:
    """Whether a count is above zero (重复次数: 2, 2次), or a flag says yes (工单是否重复), null where missing; and
    a mask of words that are not known."""

    def digits(value: str) -> str:
        number = _COUNT.fullmatch(normal_value(value))
        return ("是" if number[1].strip("0") else "否") if number else value

    return _truth(pc.cast(_recode(text, digits), pa.string()), _repeat_words())


@cache
def _flag_words(column: str) -> Mapping[str, str | None]:
    none = dict.fromkeys(words("flags", column, "none") | words("missing"))
    return none | {w: key for key in ("true", "false") for w in words("flags", column, key)}


@cache
def _rating_words() -> Mapping[str, str | None]:
    none = dict.fromkeys(words("ratings", "none") | words("missing"))
    return none | {
        w: key for key in resource("values.toml")["ratings"] if key != "none" for w in words("ratings", key)
    }


@cache
def _repeat_words() -> Mapping[str, str | None]:
    return dict.fromkeys(words("missing")) | {
        w: key for key in ("true", "false") for w in words("repeats", key)
    }


def normal_value(text: str) -> str:
    """As headers are compared, but a bracketed remark stays part of the value."""
    return normal(text.replace("(", "[").replace("（", "["))


def _truth(text: pa.StringArray, known: Mapping[str, str | None]) -> tuple[pa.BooleanArray, pa.BooleanArray]:
    said, codes, unknown = _listed(text, known)
    answers = pa.array([None if s is None else s == "true" for s in said], pa.bool_())
    return answers.take(pa.array(codes)), unknown


def _listed(
    text: pa.StringArray, known: Mapping[str, str | None]
) -> tuple[list[str | None], Codes, pa.BooleanArray]:
    """What is `known` of each distinct text (in normal form), None for nothing; which of them each text is; and a mask
    of texts that are not known."""
    coded = pc.dictionary_encode(text)
    given = [normal_value(v) for v in coded.dictionary.to_pylist()]
    strange = np.array([v not in known for v in given], bool)
    codes = coded.indices.to_numpy(zero_copy_only=False)
    return [known.get(v) for v in given], codes, pa.array(strange[codes])


def _recode(text: pa.StringArray, say: Callable[[str], str | None]) -> pa.DictionaryArray:
    """Apply `say` to each distinct value; equal answers share one code, None becomes null."""
    coded = pc.dictionary_encode(text)
    given = coded.dictionary.to_pylist()
    said = [say(v) for v in given]
    return coded if said == given else _coded(said, coded.indices.to_numpy(zero_copy_only=False))


def _coded(said: list[str | None], codes: Codes) -> pa.DictionaryArray:
    """The answers `said`, one for each code, as a dictionary array; equal answers share one code."""
    order = {v: i for i, v in enumerate(dict.fromkeys(v for v in said if v is not None))}
    shared = np.array([-1 if v is None else order[v] for v in said], np.int32)
    new = shared[codes] if len(said) else np.zeros(0, np.int32)
    indices = pa.array(new, pa.int32(), mask=new < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(order), pa.string()))
