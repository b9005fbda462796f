"""Times: every form that is read, every one that is refused, and no wrong day, against Python's datetime."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_stats.intake import dates
from hotline_stats.intake.dates import parse
from hotline_stats.intake.reading import Times

FORMS = {
    "2024-01-05 08:03:09": (8, 3, 9),
    "2024-01-05 08:03": (8, 3, 0),
    "2024-1-5 8:3": (8, 3, 0),
    "2024-01-05": (0, 0, 0),
    "2024/1/5 8:03": (8, 3, 0),
    "2024/01/05 08:03:09": (8, 3, 9),
    "2024.01.05": (0, 0, 0),
    "2024.1.5 8:03": (8, 3, 0),
    "2024年1月5日": (0, 0, 0),
    "2024年1月5日8时3分": (8, 3, 0),
    "2024年01月05日 08时03分09秒": (8, 3, 9),
    "2024年1月5号 8点": (8, 0, 0),
    "2024年1月5日下午3:05": (15, 5, 0),
    "2024-01-05 上午 12:30": (0, 30, 0),
    "2024-01-05 下午 12:30": (12, 30, 0),
    "2024-01-05 下午 14:30": (14, 30, 0),
    "2024/1/5 3:05:09 PM": (15, 5, 9),
    "2024/1/5 12:05 AM": (0, 5, 0),
    "2024-01-05T08:03:09": (8, 3, 9),
    "2024-01-05T08:03:09.250": (8, 3, 9),
    "2024-01-05T08:03:09+08:00": (8, 3, 9),
    "2024-01-05T00:03:09Z": (8, 3, 9),
    "2024-01-05T00:03:09+0000": (8, 3, 9),
    "2024-01-04T19:03:09-0500": (8, 3, 9),
    "20240105": (0, 0, 0),
    "202401050803": (8, 3, 0),
    "20240105080309": (8, 3, 9),
    "20240105 08:03": (8, 3, 0),
    "20240105T080309": (8, 3, 9),
    "2024-01-05 080309": (8, 3, 9),
    "2024-1-5日8:03": (8, 3, 0),
    "2024/1/5上午8:03": (8, 3, 0),
    "45296": (0, 0, 0),
    "45296.5": (12, 0, 0),
    "45296.0": (0, 0, 0),
    "2024-01-05\u3000 08:03": (8, 3, 0),
    "2024-01-05 08": (8, 0, 0),
}
REFUSED = [
    "2024-1-123:00",
    "2024-1-50803",
    "2024-01-0508:03:09",
    "2024-01-05 803",
    "2024-02-30",
    "2023-02-29",
    "2024-04-31",
    "2024-13-01",
    "2024-00-10",
    "2024-01-00",
    "2024-1-32",
    "05/01/2024",
    "01/05/2024",
    "5.1.2024",
    "24-01-05",
    "24/1/5",
    "2024115",
    "2024-0105",
    "202401",
    "2024-01",
    "2024年1月",
    "1月5日",
    "20241",
    "9999-12-31",
    "0024-01-05",
    "1899-12-31",
    "13800138000",
    "110101199003074514",
    "昨天",
    "2024-01-05T08:03:09+99:00",
    "-2024-01-05",
    "2024-01-05Z",
    "1e5",
    "45296e1",
    "nan",
    "2024-01-05 24:00",
    "2024-01-05 08:60",
    "2024-01-05 08:03:60",
    "2024-01-05 上午 13:00",
    "2024-01-05 8",
    "2024-01-05 下午",
    "2024-01-05 08:03 起",
    "２０２４-01-05",
    "٢٠٢٤-01-05",
    "2024-01-05--2024-01-06",
]


def one(text: str | None) -> datetime | None:
    value = parse(pa.array([text], pa.string()))[0].as_py()
    assert value is None or isinstance(value, datetime)
    return value


@pytest.mark.parametrize("text", FORMS)
def test_forms_that_are_read(text: str) -> None:
    hour, minute, second = FORMS[text]
    assert one(text) == datetime(2024, 1, 5, hour, minute, second)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_a_time_we_read_is_null(text: str) -> None:
    assert one(text) is None


def test_the_neighbours_of_a_text_do_not_change_how_it_is_read() -> None:
    texts = [*FORMS, *REFUSED, None, ""]
    alone = [one(t) for t in texts]
    assert parse(pa.array(texts)).to_pylist() == alone
    assert parse(pa.array(texts[::-1])).to_pylist() == alone[::-1]
    iso = [t for t, v in zip(texts, alone, strict=True) if t and t.startswith("2024-01-05 0") and v]
    assert parse(pa.array(iso)).to_pylist() == [one(t) for t in iso]
    assert len(parse(pa.array([], pa.string()))) == 0


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31, 23, 59, 59)),
    st.sampled_from(
        [
            "%Y-%m-%d %H:%M:%S",
            "%Y/%m/%d %H:%M:%S",
            "%Y年%m月%d日%H时%M分%S秒",
            "%Y%m%d%H%M%S",
            "%Y-%m-%d %I:%M:%S %p",
        ]
    ),
)
@settings(deadline=None, derandomize=True)
def test_every_second_is_read_back(when: datetime, form: str) -> None:
    written = when.strftime(form.replace("%Y", f"{when.year:04}"))
    assert one(written) == when.replace(microsecond=0)


@given(
    st.integers(1900, 2100),
    st.integers(0, 13),
    st.integers(0, 33),
    st.sampled_from(["{}-{}-{}", "{}/{}/{}", "{}年{}月{}日", "{}{:02}{:02}"]),
)
@settings(deadline=None, derandomize=True)
def test_a_day_is_read_if_and_only_if_it_exists(year: int, month: int, day: int, form: str) -> None:
    try:
        exists = datetime(year, month, day)
    except ValueError:
        exists = None
    assert one(form.format(year, month, day)) == exists


@given(st.floats(30000, 69999))
@settings(deadline=None, derandomize=True)
def test_serials_are_days_since_the_end_of_1899(serial: float) -> None:
    got = one(f"{serial:.8f}")
    assert got is not None
    assert abs(got - (datetime(1899, 12, 30) + timedelta(days=serial))) <= timedelta(seconds=1)


@given(st.text(max_size=30) | st.from_regex(r"[0-9年月日/:. T上午Z+-]{0,24}", fullmatch=True))
@settings(deadline=None, derandomize=True)
def test_any_text_is_a_year_within_it_or_null(text: str) -> None:
    got = one(text)
    if got is not None and not text.strip()[:5].isdigit():
        assert str(got.year) in text or abs((got - datetime(int(text.strip()[:4]), 12, 31)).days) < 367


FORMATS = [
    "%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%d.%m.%Y %H:%M", "%d %b %Y", "%B %d, %Y %I:%M %p", "%Y%m%d%H%M%S",
    "%d%m%Y", "%a %d %b %y %H:%M", "%d/%m/%y", "%FT%T", "%Y年%m月%d日",
]  # fmt: skip


@given(moment=st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)), form=st.sampled_from(FORMATS))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_a_named_format_reads_what_python_writes(moment: datetime, form: str) -> None:
    """Against datetime.strftime and strptime."""
    long = form.replace("%F", "%Y-%m-%d").replace("%T", "%H:%M:%S")
    text = moment.strftime(long)
    how = Times(forms=(dates.form(form),), builtin=False)
    assert parse(pa.array([text]), how).to_pylist() == [datetime.strptime(text, long)]


@given(text=st.text("0123456789/ :AMPampm", max_size=22))
@settings(deadline=None, derandomize=True, max_examples=300)
def test_a_named_format_reads_nothing_that_python_does_not(text: str) -> None:
    form = "%m/%d/%Y %I:%M %p"
    (read,) = parse(pa.array([text]), Times(forms=(dates.form(form),), builtin=False)).to_pylist()
    if read is not None:
        assert read == datetime.strptime(text.strip(), form)


@given(
    seconds=st.integers(0, 4_000_000_000),
    zone=st.sampled_from(["America/New_York", "Europe/Paris", "Asia/Kolkata"]),
)
@settings(deadline=None, derandomize=True, max_examples=200)
def test_zones_are_those_of_zoneinfo(seconds: int, zone: str) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    how = Times(zone=zone, stamps="UTC")
    bare, marked = (f"{moment:%Y-%m-%d %H:%M:%S}", f"{moment:%Y-%m-%dT%H:%M:%S}Z")
    assert parse(pa.array([bare]), how).to_pylist() == parse(pa.array([marked]), how).to_pylist() == [local]
    assert parse(pa.array([marked]), Times(zone=zone)).to_pylist() == [local]
