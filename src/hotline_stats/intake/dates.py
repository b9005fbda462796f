"""Times as exports write them, to timestamps. Year, month, day is the only order read unless a mapping file names
another; none is guessed."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.intake.reading import PLAIN_TIMES, Times

SECONDS = pa.timestamp("s")
FIRST, LAST = datetime(1900, 1, 1), datetime(2100, 12, 31, 23, 59, 59)
_FIRST, _LAST = (pa.scalar(moment, SECONDS).value for moment in (FIRST, LAST))
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
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DIRECTIVES = {
    "Y": (r"(?P<year>\d{4})", ""),
    "y": (r"(?P<short>\d\d)", ""),
    "m": (r"(?P<month>0[1-9]|1[0-2])", r"(?P<month>0?[1-9]|1[0-2])"),
    "d": (r"(?P<day>[0-3]\d)", r"(?P<day>[0-3]?\d)"),
    "H": (r"(?P<hour>[01]\d|2[0-3])", r"(?P<hour>[01]?\d|2[0-3])"),
    "I": (r"(?P<hour>0[1-9]|1[0-2])", r"(?P<hour>0?[1-9]|1[0-2])"),
    "M": (r"(?P<minute>[0-5]\d)", r"(?P<minute>[0-5]?\d)"),
    "S": (r"(?P<second>[0-5]\d)", r"(?P<second>[0-5]?\d)"),
    "f": (r"\d{1,9}", ""),
    "p": (r"(?P<half>(?i:[ap]m)|上午|下午)", ""),
    "z": (r"(?P<zone>(?i:z)|[+-][01]\d:?[0-5]\d)", ""),
    "b": (rf"(?P<name>(?i:{'|'.join(_MONTHS)}))[a-z]*\.?", ""),
    "a": (r"[A-Za-z]+\.?", ""),
    "%": ("%", ""),
}
"""Directives of strptime: the pattern beside another number, and the one elsewhere ("" for the same)."""
_SAME = {"B": "b", "A": "a", "e": "d"}
_SHORT = {"%T": "%H:%M:%S", "%F": "%Y-%m-%d", "%D": "%m/%d/%y", "%R": "%H:%M"}
_NUMBERS = frozenset("YymdHIMSf")
_QUARTER = 900  # seconds
_EARLIEST, _LATEST = (int((year - 1970) * 365.2425 * 96) for year in (1900, 2101))


def form(written: str) -> str:
    """The pattern of a strptime format: %Y %y %m %b %B %d %e %H %I %M %S %f %p %z %a %A %F %T %D %R.

    White space stands for any amount of it, and month and day may lack their leading zero where no other number
    touches them. Raises ValueError for any other directive, and where year, month or day is missing or stands
    twice, or %I is without %p.
    """
    for short, long in _SHORT.items():
        written = written.replace(short, long)
    parts = re.findall(r"%.|\s+|[^%\s]+", written.strip(), re.DOTALL)
    if "".join(parts) != written.strip():
        raise ValueError(written)
    names = [_SAME.get(p[1], p[1]) if p[0] == "%" else "" for p in parts]
    months = names.count("m") + names.count("b")
    if not (months == names.count("d") == names.count("Y") + names.count("y") == 1):
        raise ValueError(written)
    if names.count("I") != names.count("p") or set(names) - {"", *_DIRECTIVES}:
        raise ValueError(written)
    if any(names.count(n) > 1 for n in "HIMSpz") or names.count("H") + names.count("I") > 1:
        raise ValueError(written)
    out = [_part(p, names, i) for i, p in enumerate(parts)]
    return rf"^\s*{''.join(out)}\s*$"


def _part(written: str, names: list[str], i: int) -> str:
    if not names[i]:
        return r"\s+" if written.isspace() else re.escape(written)
    tight, loose = _DIRECTIVES[names[i]]
    beside = {names[j] for j in (i - 1, i + 1) if 0 <= j < len(names)}
    return tight if beside & _NUMBERS or not loose else loose


def day_after_year(written: str) -> bool:
    """Whether a format has the year first and then the day: then the forms that nobody needs to name would read
    some of its days for months."""
    order = [_SAME.get(d, d) for d in re.findall(r"%(.)", written.replace("%F", "%Y%m%d")) if d in "YymbBde"]
    return order[:2] in (["Y", "d"], ["y", "d"])


def parse(text: pa.StringArray, how: Times = PLAIN_TIMES) -> pa.TimestampArray:
    """Timestamps (seconds, local time as written) of texts; null where the text is not a time we read.

    Reads the forms of `how`, then 2024-01-05 08:03[:09], also with / or . between; 2024年1月5日8时3分; 上午/下午,
    AM/PM; ISO with T; 20240105[08[03[09]]]; Excel serials. A time with Z or an offset is moved to the zone of
    `how`, which is China time (UTC+8) where nothing is said.
    A day that does not exist (2024-02-30), 24:00 and years outside 1900–2100 are null.
    """
    times = None if how.forms or how.stamps else _iso(text)
    if times is None:
        kinds = pc.dictionary_encode(text)
        times = pc.take(_by_forms(kinds.dictionary, how), kinds.indices)
    if times.null_count == len(times):
        return times
    limits = pc.min_max(times)
    if limits["min"].value >= _FIRST and limits["max"].value <= _LAST:
        return times
    inside = pc.and_(
        pc.greater_equal(times, pa.scalar(FIRST, SECONDS)), pc.less_equal(times, pa.scalar(LAST, SECONDS))
    )
    return pc.if_else(inside, times, pa.scalar(None, SECONDS))


def _iso(text: pa.StringArray) -> pa.TimestampArray | None:
    """Times of texts that are all strict ISO without an offset; else None."""
    try:
        pc.cast(text[:1], SECONDS)  # a refusal of the whole batch is slow
        return pc.cast(text, SECONDS)
    except pa.ArrowInvalid:
        return None


def _by_forms(text: pa.StringArray, how: Times) -> pa.TimestampArray:
    """The first form that fits each text."""
    plain = pc.replace_substring_regex(text, r"[\x{a0}\x{3000}\x{feff}]", " ")
    seconds = np.zeros(len(text), np.int64)
    read = np.zeros(len(text), bool)
    for pattern in (*how.forms, *([_FORM] if how.builtin else [])):
        found, fits = _by_form(plain, pattern, how)
        seconds = np.where(fits & ~read, found, seconds)
        read |= fits
    if how.builtin:
        serial = _mask(pc.match_substring_regex(text, _SERIAL)) & ~read
        seconds[serial] = _serials(text.filter(pa.array(serial)))
        read |= serial
    return pc.cast(pa.array(seconds, pa.int64(), mask=~read), SECONDS)


def _by_form(
    text: pa.StringArray, pattern: str, how: Times
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Seconds of the texts, and which of them are times of this form."""
    parts = pc.extract_regex(text, pattern)
    given = {field.name for field in parts.type}
    year, month, day = _year(parts, given), _month(parts, given), _number(parts, "day")
    hour, minute, second = (np.maximum(_number(parts, part), 0) for part in ("hour", "minute", "second"))
    halves = [pc.struct_field(parts, name) for name in ("half", "half2") if name in given]
    half = pc.utf8_lower(
        pc.binary_join_element_wise(*halves, "", "") if halves else pa.array([""] * len(text), pa.string())
    )
    evening, morning = (_mask(pc.is_in(half, pa.array(words))) for words in (["下午", "pm"], ["上午", "am"]))
    hour = hour + 12 * (evening & (hour < 12)) - 12 * (morning & (hour == 12))
    days = _day(year, month, day)
    fits = (hour < 24 - 12 * morning) & (minute < 60) & (second < 60) & ~np.isnat(days)
    seconds = days.astype("M8[s]").astype(np.int64) + hour * 3600 + minute * 60 + second
    zone = pc.struct_field(parts, "zone") if "zone" in given else pa.array([""] * len(text), pa.string())
    return _local(seconds, fits, zone, how), fits


def _year(parts: pa.StructArray, given: set[str]) -> npt.NDArray[np.int64]:
    if "short" not in given:
        return _number(parts, "year")
    short = _number(parts, "short")
    return np.where(short < 0, -1, short + np.where(short < 69, 2000, 1900))  # as POSIX has it


def _month(parts: pa.StructArray, given: set[str]) -> npt.NDArray[np.int64]:
    if "name" not in given:
        return _number(parts, "month")
    names = pc.utf8_lower(pc.fill_null(pc.struct_field(parts, "name"), ""))
    at: npt.NDArray[np.int64] = pc.fill_null(pc.index_in(names, pa.array(_MONTHS)), -2).to_numpy()
    return at.astype(np.int64) + 1


def _number(parts: pa.StructArray, name: str) -> npt.NDArray[np.int64]:
    """A part as a number, also where it stands in its second form; -1 where there is none."""
    given = {field.name for field in parts.type}
    if name not in given:
        return np.full(len(parts), -1, np.int64)
    found = pc.struct_field(parts, name)
    if f"{name}2" in given:
        found = pc.if_else(pc.equal(pc.fill_null(found, ""), ""), pc.struct_field(parts, f"{name}2"), found)
    digits = pc.if_else(pc.equal(pc.fill_null(found, ""), ""), "-1", found)
    out: npt.NDArray[np.int64] = pc.cast(digits, pa.int64()).to_numpy()
    return out


def _day(
    year: npt.NDArray[np.int64], month: npt.NDArray[np.int64], day: npt.NDArray[np.int64]
) -> npt.NDArray[np.datetime64]:
    """The day, not-a-time where it does not exist."""
    months = (year - 1970).astype("M8[Y]").astype("M8[M]") + (month - 1)
    days = months.astype("M8[D]") + (day - 1)
    exists = (year > 0) & (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("M8[M]") == months)
    return np.where(exists, days, np.datetime64("NaT"))


def _local(
    seconds: npt.NDArray[np.int64], fits: npt.NDArray[np.bool_], zone: pa.StringArray, how: Times
) -> npt.NDArray[np.int64]:
    """Times as written, in the zone of `how`. `zone`: their offsets ("Z", "+08:00", "-0500"), "" for none."""
    known = pc.dictionary_encode(pc.fill_null(zone, ""))
    texts = [z.upper() for z in known.dictionary.to_pylist()]
    if not any(texts) and how.stamps in ("", how.zone):
        return seconds
    codes = known.indices.to_numpy()
    shifts = [int(z[0] + "1") * (int(z[1:3]) * 3600 + int(z[-2:]) * 60) if len(z) > 1 else 0 for z in texts]
    bare = np.array([not z for z in texts], bool)[codes]
    moved = ~bare & fits
    utc = seconds - np.array(shifts, np.int64)[codes]
    if how.stamps not in ("", how.zone):
        moved = fits.copy()
        utc = np.where(bare & fits, seconds - _offsets(seconds, bare & fits, how.stamps, local=True), utc)
    return np.where(moved, utc + _offsets(utc, moved, how.zone), seconds)


def _offsets(
    seconds: npt.NDArray[np.int64], wanted: npt.NDArray[np.bool_], zone: str, *, local: bool = False
) -> npt.NDArray[np.int64]:
    """Seconds that a zone is ahead of UTC at the moments wanted (given in UTC, or in its local time)."""
    out = np.zeros(len(seconds), np.int64)
    quarters, which = np.unique(seconds[wanted] // _QUARTER, return_inverse=True)
    out[wanted] = np.array([_offset(zone, int(q), local) for q in quarters], np.int64)[which]
    return out


@lru_cache(maxsize=1 << 17)
def _offset(zone: str, quarter: int, local: bool) -> int:
    """The offset of a quarter of an hour; zones change at one. An hour that stands twice in local time is read
    as its first, and a year that no calendar has as having none."""
    if not zone:
        return 8 * 3600
    if not _EARLIEST < quarter < _LATEST:
        return 0
    moment = datetime(1970, 1, 1) + timedelta(seconds=quarter * _QUARTER)
    where = ZoneInfo(zone)
    there = moment.replace(tzinfo=where) if local else moment.replace(tzinfo=UTC).astimezone(where)
    return int((there.utcoffset() or timedelta(0)).total_seconds())


def _serials(text: pa.StringArray) -> npt.NDArray[np.int64]:
    days = pc.cast(text, pa.float64()).to_numpy()
    out: npt.NDArray[np.int64] = np.round((days - _SERIAL_OF_1970) * 86400).astype(np.int64)
    return out


def _mask(array: pa.BooleanArray) -> npt.NDArray[np.bool_]:
    out: npt.NDArray[np.bool_] = pc.fill_null(array, False).to_numpy(zero_copy_only=False)
    return out
