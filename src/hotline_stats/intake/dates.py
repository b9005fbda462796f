"""Times as exports write them, to timestamps. Year, month, day is the only order read; none is guessed."""

from datetime import datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

SECONDS = pa.timestamp("s")
FIRST, LAST = datetime(1900, 1, 1), datetime(2100, 12, 31, 23, 59, 59)
_FORM = (
    r"^\s*(?P<year>\d{4})"
    r"(?:(?P<month>\d\d)(?P<day>\d\d)|\s?[-/.年]\s?(?P<month2>\d{1,2})\s?[-/.月]\s?(?P<day2>\d{1,2})(?:T|\b)\s?[日号]?)"
    r"(?:(?:T|\s*)(?P<half>上午|下午|(?i:[ap]m))?\s*"
    r"(?:(?P<hour>\d\d)(?:(?P<minute>\d\d)(?P<second>\d\d)?)?"
    r"|(?P<hour2>\d{1,2})(?:[:：]|\s?[时点]\s?)(?:(?P<minute2>\d{1,2})(?:(?:[:：]|\s?分\s?)(?:(?P<second2>\d{1,2})(?:\.\d+)?\s?秒?)?)?)?"
    r"(?:\s*(?P<half2>(?i:[ap]m)))?)"
    r"\s*(?P<zone>Z|[+-][01]\d:?[0-5]\d)?)?\s*$"
)
_SERIAL = r"^[3-6]\d{4}(\.\d{1,15})?$"  # days since 1899-12-30, as Excel counts: 1982 to 2091
_SERIAL_OF_1970 = 25569


def parse(text: pa.StringArray) -> pa.TimestampArray:
    """Timestamps (seconds, local time as written) of texts; null where the text is not a time we read.

    Reads 2024-01-05 08:03[:09], also with / or . between; 2024年1月5日8时3分; 上午/下午, AM/PM; ISO with T;
    20240105[08[03[09]]]; Excel serials. A time with Z or an offset is moved to China time (UTC+8).
    A day that does not exist (2024-02-30), 24:00 and years outside 1900–2100 are null.
    """
    try:
        pc.cast(text[:1], SECONDS)  # a refusal of the whole batch is slow
        times = pc.cast(text, SECONDS)  # strict ISO, the whole batch or nothing
    except pa.ArrowInvalid:
        kinds = pc.dictionary_encode(text)
        times = pc.take(_by_form(kinds.dictionary), kinds.indices)
    inside = pc.and_(
        pc.greater_equal(times, pa.scalar(FIRST, SECONDS)), pc.less_equal(times, pa.scalar(LAST, SECONDS))
    )
    return pc.if_else(inside, times, pa.scalar(None, SECONDS))


def _by_form(text: pa.StringArray) -> pa.TimestampArray:
    parts = pc.extract_regex(pc.replace_substring_regex(text, r"[\x{a0}\x{3000}\x{feff}]", " "), _FORM)
    year, month, day = _number(parts, "year"), _number(parts, "month"), _number(parts, "day")
    hour, minute, second = (np.maximum(_number(parts, part), 0) for part in ("hour", "minute", "second"))
    half = pc.utf8_lower(
        pc.binary_join_element_wise(pc.struct_field(parts, "half"), pc.struct_field(parts, "half2"), "")
    )
    evening, morning = (_mask(pc.is_in(half, pa.array(words))) for words in (["下午", "pm"], ["上午", "am"]))
    hour = hour + 12 * (evening & (hour < 12)) - 12 * (morning & (hour == 12))
    days = _day(year, month, day)
    fits = (hour < 24 - 12 * morning) & (minute < 60) & (second < 60) & ~np.isnat(days)
    seconds = days.astype("M8[s]").astype(np.int64) + hour * 3600 + minute * 60 + second
    seconds += _to_china(pc.struct_field(parts, "zone"))
    serial = _mask(pc.match_substring_regex(text, _SERIAL))
    seconds[serial] = _serials(text.filter(pa.array(serial)))
    return pc.cast(pa.array(seconds, pa.int64(), mask=~(fits | serial)), SECONDS)


def _number(parts: pa.StructArray, name: str) -> npt.NDArray[np.int64]:
    """A part as a number, also where it stands in its second form; -1 where there is none."""
    found = pc.struct_field(parts, name)
    if f"{name}2" in {field.name for field in parts.type}:
        found = pc.if_else(pc.equal(pc.fill_null(found, ""), ""), pc.struct_field(parts, f"{name}2"), found)
    given = pc.if_else(pc.equal(pc.fill_null(found, ""), ""), "-1", found)
    out: npt.NDArray[np.int64] = pc.cast(given, pa.int64()).to_numpy()
    return out


def _day(
    year: npt.NDArray[np.int64], month: npt.NDArray[np.int64], day: npt.NDArray[np.int64]
) -> npt.NDArray[np.datetime64]:
    """The day, not-a-time where it does not exist."""
    months = (year - 1970).astype("M8[Y]").astype("M8[M]") + (month - 1)
    days = months.astype("M8[D]") + (day - 1)
    exists = (year > 0) & (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("M8[M]") == months)
    return np.where(exists, days, np.datetime64("NaT"))


def _to_china(zone: pa.StringArray) -> npt.NDArray[np.int64]:
    """Seconds to add to a time with this offset ("Z", "+08:00", "-0500"); 0 where there is none."""
    known = pc.dictionary_encode(pc.fill_null(zone, ""))
    shifts = []
    for text in known.dictionary.to_pylist():
        hours, minutes = (int(text[:3]), int(text[0] + text[-2:])) if len(text) > 1 else (0, 0)
        shifts.append(8 * 3600 - hours * 3600 - minutes * 60 if text else 0)
    out: npt.NDArray[np.int64] = np.array(shifts, np.int64)[known.indices.to_numpy()]
    return out


def _serials(text: pa.StringArray) -> npt.NDArray[np.int64]:
    days = pc.cast(text, pa.float64()).to_numpy()
    out: npt.NDArray[np.int64] = np.round((days - _SERIAL_OF_1970) * 86400).astype(np.int64)
    return out


def _mask(array: pa.BooleanArray) -> npt.NDArray[np.bool_]:
    out: npt.NDArray[np.bool_] = pc.fill_null(array, False).to_numpy(zero_copy_only=False)
    return out
