"""Times as exports write them, to timestamps. Year, month, day is the only order read; none is guessed."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SECONDS = pa.timestamp("s")
FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y%m%d%H%M%S",
    "%Y%m%d",
)
_CHINESE = (("年", "-"), ("月", "-"), ("日", " "), ("号", " "), ("时", ":"), ("点", ":"), ("分", ":"), ("秒", ""))
_EPOCH_SERIAL = 25569  # the Excel serial of 1970-01-01
_SERIAL = r"^[2-6]\d{4}(\.\d+)?$"  # 1954 to 2091


def parse(text: pa.StringArray) -> pa.TimestampArray:
    """Timestamps (seconds, local time as written) of texts; null where the text is not a time we read.

    Reads 2024-01-05 08:03[:09], also with / or . between; 2024年1月5日8时3分; 上午/下午; ISO with T;
    20240105[080309]; Excel serials. A time with Z or an offset is moved to China time (UTC+8).
    A day that does not exist (2024-02-30) is null.
    """
    first = _strptime(text, FORMATS[:1])
    rest = pc.and_(pc.is_null(first), pc.is_valid(text))
    if not pc.any(rest).as_py():
        return first
    kinds = pc.dictionary_encode(pc.filter(text, rest))
    values = _by_forms(kinds.dictionary)
    return pc.replace_with_mask(first, rest, pc.take(values, kinds.indices))


def _by_forms(text: pa.StringArray) -> pa.TimestampArray:
    """The forms one after the other, after writing all of them in one way."""
    serial = pc.match_substring_regex(text, _SERIAL)
    plain = pc.ascii_trim_whitespace(pc.replace_substring_regex(text, r"[\s\x{3000}]+", " "))
    for word, mark in _CHINESE:
        plain = pc.replace_substring(plain, word, mark)
    plain = pc.replace_substring_regex(plain, r"^(\d{4})[./](\d{1,2})[./](\d{1,2})", r"\1-\2-\3")
    plain = pc.replace_substring_regex(plain, r"^(\d{4}-\d{1,2}-\d{1,2})[T ]+", r"\1 ")
    zone = pc.struct_field(pc.extract_regex(plain, r":\d\d(?:\.\d+)?(?P<zone>Z|[+-]\d\d:?\d\d)$"), "zone")
    plain = pc.replace_substring_regex(plain, r"(:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?$", r"\1")
    half = pc.extract_regex(plain, r"^(?P<day>\S+) ?(?P<half>上午|下午|AM|PM|am|pm) ?(?P<clock>\d.*)$")
    plain, later = _without_half_day(plain, half)
    plain = pc.replace_substring_regex(plain, r"[: ]+$", "")
    plain = pc.replace_substring_regex(plain, r" (\d{1,2})$", r" \1:00")
    times = _strptime(plain, FORMATS)
    times = pc.add(times, pc.multiply(later, pa.scalar(np.timedelta64(12 * 3600, "s"))))
    times = pc.add(times, _to_china(zone))
    return pc.if_else(serial, _serials(text, serial), times)


def _to_china(zone: pa.StringArray) -> pa.Array:
    """What to add to a time with this offset ("Z", "+08:00", "-0500"); nothing where there is none."""
    known = pc.dictionary_encode(zone)
    shifts = []
    for text in known.dictionary.to_pylist():
        hours, minutes = (0, 0) if text == "Z" else (int(text[:3]), int(text[0] + text[-2:]))
        shifts.append(8 * 3600 - hours * 3600 - minutes * 60)
    seconds = pc.take(pa.array(shifts, pa.int64()), known.indices)
    return pc.cast(pc.fill_null(seconds, 0), pa.duration("s"))


def _without_half_day(plain: pa.StringArray, half: pa.StructArray) -> tuple[pa.StringArray, pa.Array]:
    """上午/下午 taken out; the second array is 1 where 12 hours are to be added, -1 for 上午12."""
    word = pc.struct_field(half, "half")
    if word.null_count == len(word):
        return plain, pa.array(np.zeros(len(plain), np.int64))
    joined = pc.binary_join_element_wise(pc.struct_field(half, "day"), pc.struct_field(half, "clock"), " ")
    noon = pc.fill_null(pc.starts_with(pc.struct_field(half, "clock"), "12"), False)
    evening = pc.fill_null(pc.is_in(word, pa.array(["下午", "PM", "pm"])), False)
    morning = pc.fill_null(pc.is_in(word, pa.array(["上午", "AM", "am"])), False)
    later = pc.subtract(
        pc.cast(pc.and_not(evening, noon), pa.int64()), pc.cast(pc.and_(morning, noon), pa.int64())
    )
    return pc.if_else(pc.is_valid(word), joined, plain), later


def _strptime(text: pa.StringArray, formats: Sequence[str]) -> pa.TimestampArray:
    out = pc.strptime(text, format=formats[0], unit="s", error_is_null=True)
    for form in formats[1:]:
        out = pc.coalesce(out, pc.strptime(text, format=form, unit="s", error_is_null=True))
    # strptime rolls 30 February over into March: such a day is not a day.
    written = pc.struct_field(pc.extract_regex(text, r"^\d{4}-?\d{1,2}-?(?P<day>\d{1,2})"), "day")
    same = pc.equal(pc.cast(written, pa.int64()), pc.day(out))
    return pc.if_else(same, out, pa.scalar(None, SECONDS))


def _serials(text: pa.StringArray, serial: pa.BooleanArray) -> pa.TimestampArray:
    days = pc.cast(pc.if_else(serial, text, pa.scalar(None, pa.string())), pa.float64())
    seconds = pc.round(pc.multiply(pc.subtract(days, pa.scalar(float(_EPOCH_SERIAL))), pa.scalar(86400.0)))
    return pc.cast(pc.cast(seconds, pa.int64()), SECONDS)
