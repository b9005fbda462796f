"""The words of exports to values: missing, categories, flags, ratings."""

import re
from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.intake.headers import normal, resource

CATEGORY = pa.dictionary(pa.int32(), pa.string())
LEVELS = 5
_ARROW = re.compile(r"->|→|[>＞》]")
_COUNT = re.compile(r"([0-9]+)(?:\.0+)?次?")


@cache
def words(*path: str) -> frozenset[str]:
    """A list of values.toml, in normal form."""
    entry = resource("values.toml")
    for key in path:
        entry = entry[key]
    return frozenset(normal_value(w) for w in entry)


def present(text: pa.StringArray) -> pa.StringArray:
    """Trimmed texts, null where one of the words for "missing" stands."""
    trimmed = pc.utf8_trim_whitespace(text)
    return pc.if_else(pc.is_in(trimmed, _missing_words()), pa.scalar(None, pa.string()), trimmed)


@cache
def _missing_words() -> pa.Array:
    given = resource("values.toml")["missing"]
    return pa.array(sorted({v for w in given for v in (w, w.lower(), w.upper(), w.capitalize())}))


def category(text: pa.StringArray) -> pa.DictionaryArray:
    """Dictionary-coded text: white space folded, missing as null."""
    return _recode(text, lambda v: None if normal_value(v) in words("missing") else " ".join(v.split()))


def translated(text: pa.StringArray, words: Mapping[str, str]) -> pa.StringArray:
    """Texts with the words of a mapping file (value in normal form → word) put in; the others as they stand."""
    coded = pc.dictionary_encode(text)
    given = coded.dictionary.to_pylist()
    new = [words.get(normal_value(v), v) for v in given]
    return text if new == given else pc.take(pa.array(new, pa.string()), coded.indices)


def levels(text: pa.StringArray) -> list[pa.DictionaryArray] | None:
    """The levels of categories that stand in one cell (A->B->C), five columns; null below the last of a cell.
    None where no cell has more than one."""
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
    lists = {"true": words("flags", column, "true"), "false": words("flags", column, "false")}
    none = words("flags", column, "none") | words("missing")
    coded, unknown = _listed(text, lists, none)
    yes = pc.equal(pc.cast(coded, pa.string()), "true")
    return yes, unknown


def rating(text: pa.StringArray) -> tuple[pa.DictionaryArray, pa.BooleanArray]:
    """The rating (ids of model.columns.RATINGS) and a mask of words that are not known."""
    given: Mapping[str, object] = resource("values.toml")["ratings"]
    lists = {k: words("ratings", k) for k in given if k != "none"}
    return _listed(text, lists, words("ratings", "none") | words("missing"))


def positive(text: pa.StringArray) -> tuple[pa.BooleanArray, pa.BooleanArray]:
    """Whether a count is above zero (重复次数: 2, 2次), or a flag says yes (工单是否重复), null where missing; and
    a mask of words that are not known."""
    lists = {"true": words("repeats", "true"), "false": words("repeats", "false")}

    def digits(value: str) -> str:
        number = _COUNT.fullmatch(normal_value(value))
        return ("是" if number[1].strip("0") else "否") if number else value

    plain = pc.cast(_recode(text, digits), pa.string())
    coded, unknown = _listed(plain, lists, words("missing"))
    return pc.equal(pc.cast(coded, pa.string()), "true"), unknown


def normal_value(text: str) -> str:
    """As headers are compared, but a bracketed remark stays part of the value."""
    return normal(text.replace("(", "[").replace("（", "["))


def _listed(
    text: pa.StringArray, lists: Mapping[str, frozenset[str]], none: frozenset[str]
) -> tuple[pa.DictionaryArray, pa.BooleanArray]:
    where = {word: key for key, given in lists.items() for word in given}
    coded = _recode(text, lambda v: where.get(normal_value(v), None if normal_value(v) in none else "?"))
    unknown = pc.fill_null(pc.equal(pc.cast(coded, pa.string()), "?"), False)
    if pc.any(unknown).as_py():
        coded = pc.if_else(unknown, pa.scalar(None, CATEGORY), coded)
    return coded, unknown


def _recode(text: pa.StringArray, say: Callable[[str], str | None]) -> pa.DictionaryArray:
    """Apply `say` to each distinct value; equal answers share one code, None becomes null."""
    coded = pc.dictionary_encode(text)
    said = [say(v) for v in coded.dictionary.to_pylist()]
    order = {v: i for i, v in enumerate(dict.fromkeys(v for v in said if v is not None))}
    codes = np.array([-1 if v is None else order[v] for v in said], np.int32)
    new = codes[coded.indices.to_numpy(zero_copy_only=False)] if len(said) else np.zeros(0, np.int32)
    indices = pa.array(new, pa.int32(), mask=new < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(order), pa.string()))
