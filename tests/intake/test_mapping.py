"""Mapping files: what they may say, what is refused, and what they do to a reading."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_files import Read, read, write

from hotline_stats.errors import UsageError
from hotline_stats.intake.mapping import load, parse

HEADS = [
    "id",
    "opened",
    "due",
    "closed",
    "state",
    "kind",
    "talked",
    "timely",
    "score",
    "place",
    "office",
    "who",
]
COLUMNS = """
[columns]
id = "ticket_id"
opened = "accepted_at"
due = "due_at"
closed = "closed_at"
state = "status"
kind = "request_type"
talked = "contacted"
timely = "on_time"
score = "satisfaction"
place = "community"
office = "unit"
who = "person"
"""


def foreign(tmp_path: Path, mapping: str, *rows: dict[str, str]) -> Read:
    """A file under HEADS, read with COLUMNS and `mapping`; `mapping` may begin with single keys."""
    keys, bracket, tables = mapping.partition("[")
    (tmp_path / "m.toml").write_text(f"{keys}\n{COLUMNS}\n{bracket}{tables}", encoding="utf-8")
    plain = {"id": "1", "opened": "2024-01-05 08:00:00", "who": "某君"}
    lines = [[{**plain, **row}.get(h, "") for h in HEADS] for row in rows]
    return read(write(tmp_path / "a.csv", [HEADS, *lines], quoting=1), mapping=str(tmp_path / "m.toml"))


def only(got: Read) -> dict[str, Any]:
    (ticket,) = got.kept
    return ticket


def said(got: Read) -> list[tuple[str, str, str]]:
    return [(code, column, found) for _, code, column, found in got.found]


# Headers


def test_headers_are_read_as_the_file_says_and_nothing_else_is_known(tmp_path: Path) -> None:
    got = foreign(tmp_path, "", {"place": "Mill Hill", "office": "PWD"})
    assert got.export.header.columns[:4] == ("ticket_id", "accepted_at", "due_at", "closed_at")
    assert got.export.header.unmapped == ()
    assert (only(got)["community"], only(got)["unit"]) == ("Mill Hill", "PWD")


def header(tmp_path: Path, mapping: str, cells: list[str]) -> Any:
    (tmp_path / "m.toml").write_text(mapping, encoding="utf-8")
    rows = [cells, ["2024-01-05" for _ in cells]]
    return read(write(tmp_path / "a.csv", rows), mapping=str(tmp_path / "m.toml")).export.header


def test_a_header_is_named_as_it_stands_but_for_case_width_and_white_space(tmp_path: Path) -> None:
    mapping = '[columns]\n"Opened (local)" = "accepted_at"\n"Opened (UTC)" = "ignore"\n'
    cells = [" opened  (ＵＴＣ)", "OPENED (Local)", "Opened", "街道"]
    found = header(tmp_path, mapping, cells)
    assert found.columns == ("", "accepted_at", "", "street")
    assert found.unmapped == ("Opened",)  # the one left out was named


def test_of_several_headers_the_one_named_first_is_used_and_the_mapping_goes_before_aliases(
    tmp_path: Path,
) -> None:
    mapping = '[columns]\nsecond = "unit"\nfirst = "unit"\nwhen = "accepted_at"\n'
    found = header(tmp_path, mapping, ["first", "second", "承办单位", "when"])
    assert found.columns == ("", "unit", "", "accepted_at")
    assert found.unmapped == ("first", "承办单位")


def test_only_the_mapping(tmp_path: Path) -> None:
    found = header(tmp_path, 'only = true\n[columns]\nwhen = "accepted_at"\n', ["when", "街道", "来电人"])
    assert found.columns == ("accepted_at", "", "")
    assert found.unmapped == ("街道", "来电人")


def test_an_alias_can_be_taken_out_of_use(tmp_path: Path) -> None:
    found = header(tmp_path, '[columns]\n"街道" = ""\n', ["受理时间", "街道", "街镇"])
    assert found.columns == ("accepted_at", "", "street")


# Dates

US = '[dates]\nall = ["%m/%d/%Y %I:%M:%S %p", "%d-%b-%y"]\n'


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("01/05/2024 08:03:09 AM", datetime(2024, 1, 5, 8, 3, 9)),
        ("1/5/2024 12:03:09 am", datetime(2024, 1, 5, 0, 3, 9)),
        ("12/31/2024 12:00:00 PM", datetime(2024, 12, 31, 12)),
        ("05-Jan-24", datetime(2024, 1, 5)),
        ("5-FEB-99", datetime(1999, 2, 5)),
        ("2024-01-05 08:03:09", datetime(2024, 1, 5, 8, 3, 9)),
        ("2024年1月5日", datetime(2024, 1, 5)),
        ("13/05/2024 08:03:09 AM", None),
        ("02/30/2024 08:03:09 AM", None),
        ("01/05/2024 13:03:09 AM", None),
        ("01/05/2024", None),
        ("30-Feb-24", None),
    ],
)
def test_dates_of_named_formats(tmp_path: Path, written: str, expected: datetime | None) -> None:
    got = foreign(tmp_path, US, {"opened": "2023-01-01", "due": "2060-01-01"}, {"opened": written})
    kept = [r["accepted_at"] for r in got.kept[1:]]
    assert kept == ([expected] if expected else [])
    assert said(got)[:1] == ([] if expected else [("bad-date", "opened", got.found[0][3])])


def test_formats_are_tried_in_their_order(tmp_path: Path) -> None:
    day_first = '[dates]\naccepted_at = ["%d/%m/%Y", "%m/%d/%Y"]\n'
    got = foreign(tmp_path, day_first, {"opened": "03/04/2024"}, {"opened": "04/13/2024"})
    assert [r["accepted_at"] for r in got.kept] == [datetime(2024, 4, 3), datetime(2024, 4, 13)]


def test_a_format_is_for_its_column_alone(tmp_path: Path) -> None:
    got = foreign(
        tmp_path, '[dates]\nclosed_at = "%d.%m.%Y"\n', {"closed": "06.01.2024", "due": "07.01.2024"}
    )
    assert (only(got)["closed_at"], only(got)["due_at"]) == (datetime(2024, 1, 6), None)
    assert said(got) == [("bad-time", "due", "99.99.9999")]


def test_where_the_day_follows_the_year_no_other_form_reads_it_for_a_month(tmp_path: Path) -> None:
    mapping = '[dates]\naccepted_at = "%Y-%d-%m"\n'
    got = foreign(tmp_path, mapping, {"opened": "2024-05-01"}, {"opened": "2024-01-31"})
    assert [r["accepted_at"] for r in got.kept] == [datetime(2024, 1, 5)]
    assert [code for code, *_ in said(got)] == ["bad-date"]


@pytest.mark.parametrize(
    ("zone", "written", "local"),
    [
        ('timezone = "America/New_York"', "2024-01-05T12:00:00Z", datetime(2024, 1, 5, 7)),
        ('timezone = "America/New_York"', "2024-07-05T12:00:00Z", datetime(2024, 7, 5, 8)),
        ('timezone = "America/New_York"', "2024-07-05T12:00:00+02:00", datetime(2024, 7, 5, 6)),
        ('timezone = "America/New_York"', "2024-07-05 12:00:00", datetime(2024, 7, 5, 12)),
        ('timezone = "America/New_York"\nstamps = "UTC"', "2024-07-05 12:00:00", datetime(2024, 7, 5, 8)),
        (
            'timezone = "America/New_York"\nstamps = "UTC"',
            "2024-03-10 06:59:00",
            datetime(2024, 3, 10, 1, 59),
        ),
        ('timezone = "America/New_York"\nstamps = "UTC"', "2024-03-10 07:00:00", datetime(2024, 3, 10, 3)),
        ('timezone = "UTC"\nstamps = "Asia/Shanghai"', "2024-07-05 12:00:00", datetime(2024, 7, 5, 4)),
        ('timezone = "UTC"\nstamps = "Asia/Shanghai"', "2024-07-05T12:00:00-05:00", datetime(2024, 7, 5, 17)),
        ("", "2024-07-05T12:00:00Z", datetime(2024, 7, 5, 20)),
    ],
)
def test_zones(tmp_path: Path, zone: str, written: str, local: datetime) -> None:
    assert only(foreign(tmp_path, zone, {"opened": written}))["accepted_at"] == local


def test_the_end_of_the_calendar_does_not_break_a_zone(tmp_path: Path) -> None:
    zone = 'timezone = "America/New_York"\nstamps = "UTC"'
    rows = [{"opened": "0001-01-01T00:00:00+12:00"}, {"opened": "9999-12-31 23:59:59"}, {}]
    assert len(foreign(tmp_path, zone, *rows).kept) == 1


# Values

WORDS = """
[values.contacted]
Y = true
"No answer" = "none"
N = "false"
[values.on_time]
MET = true
missed = false
[values.satisfaction]
5 = "satisfied"
4 = "mostly_satisfied"
3 = "neutral"
1 = "dissatisfied"
9 = "none"
[values.status]
Cancelled = "void"
"作废" = "kept"
[values.request_type]
"Service Request" = "投诉"
Nudge = "催单"
"?" = "none"
"""


@pytest.mark.parametrize(
    ("header", "value", "column", "expected"),
    [
        ("talked", "y", "contacted", True),
        ("talked", "n", "contacted", False),
        ("talked", "NO ANSWER", "contacted", None),
        ("talked", "已联系", "contacted", True),  # a word that needs no mapping
        ("timely", "met", "on_time", True),
        ("timely", "Missed", "on_time", False),
        ("score", "5", "satisfaction", "satisfied"),
        ("score", "4", "satisfaction", "mostly_satisfied"),
        ("score", "1", "satisfaction", "dissatisfied"),
        ("score", "9", "satisfaction", None),
        ("kind", "service  request", "request_type", "投诉"),
        ("kind", "?", "request_type", None),
        ("kind", "Praise", "request_type", "Praise"),
        ("state", "作废", "accepted_at", datetime(2024, 1, 5, 8)),
    ],
)
def test_values(tmp_path: Path, header: str, value: str, column: str, expected: object) -> None:
    got = foreign(tmp_path, WORDS, {header: value})
    assert only(got)[column] == expected and said(got) == []


@pytest.mark.parametrize(
    ("header", "value", "code"), [("state", "CANCELLED", "void"), ("kind", "nudge", "reminder")]
)
def test_values_that_leave_a_row_out(tmp_path: Path, header: str, value: str, code: str) -> None:
    got = foreign(tmp_path, WORDS, {header: value})
    assert got.kept == [] and said(got) == [(code, "", "")]


def test_a_rating_code_without_a_mapping_is_not_guessed(tmp_path: Path) -> None:
    got = foreign(tmp_path, "", {"score": "5"}, {"score": "3.0"}, {"score": "55"}, {"score": "满意"})
    assert [r["satisfaction"] for r in got.kept] == [None, None, None, "satisfied"]
    assert said(got) == [
        ("rating-code", "score", "5"),
        ("rating-code", "score", "3.0"),
        ("unknown-value", "score", "99"),
    ]


# Names

NAMES = """
[aliases.community]
"Mill Hil" = "Mill Hill"
[aliases.unit]
PWDx = "Public Works"
[known.community]
names = ["Mill Hill"]
"""


def test_aliases_and_known_names(tmp_path: Path) -> None:
    places = ["MILL  hil", "mill hill", "Old Town", "", "Li 154 0000 5678", "x" * 30]
    got = foreign(tmp_path, NAMES, *({"place": p, "office": "PWDx"} for p in places))
    assert [r["community"] for r in got.kept][:4] == ["Mill Hill", "mill hill", "Old Town", None]
    assert {r["unit"] for r in got.kept} == {"Public Works"}
    assert said(got) == [
        ("unknown-name", "place", "Old Town"),
        ("unknown-name", "place", "aa 999 9999 9999"),
        ("unknown-name", "place", "x" * 24 + "…"),
    ]


def test_times_before_acceptance_are_not_used(tmp_path: Path) -> None:
    row = {"due": "2024-01-04", "closed": "2024-01-05 07:59:59"}
    got = foreign(tmp_path, "", row, {"due": "2024-01-05", "closed": "2024-01-05"})
    one, two = got.kept
    assert (one["due_at"], one["closed_at"]) == (None, None)
    assert two["due_at"] == two["closed_at"] == datetime(2024, 1, 5)
    assert sorted(said(got)) == [("closed-before-accepted", "closed", ""), ("due-before-accepted", "due", "")]


MESS = st.sampled_from(
    ["", "2024-01-05", "01/05/2024 08:03:09 AM", "05-Jan-24", "2042-01-05T00:00:00Z", "9999-12-31", "Y", "5", "Cancelled",
     "Mill Hil", "合计", "nan", "45296", "\n", "->", "opened"]
) | st.text(max_size=4)  # fmt: skip


@given(rows=st.lists(st.fixed_dictionaries(dict.fromkeys(HEADS, MESS)), max_size=12), stamps=st.booleans())
@settings(
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_stands_in_the_cells_every_row_is_accounted_for(
    tmp_path: Path, rows: list[dict[str, str]], stamps: bool
) -> None:
    plain = [{h: c.replace("\0", "").encode("utf-8", "ignore").decode() for h, c in r.items()} for r in rows]
    zone = 'timezone = "America/New_York"\n' + 'stamps = "UTC"\n' * stamps
    got = foreign(tmp_path, zone + US + WORDS + NAMES, *plain, {})
    assert len(got.cells) == len(rows) + 1
    for ticket in got.kept:
        for later in ("due_at", "closed_at"):
            assert ticket[later] is None or ticket[later].date() >= ticket["accepted_at"].date()


# What is refused

WRONG = {
    "column = 1": ("mapping-unknown-key", "column"),
    "[colums]\n": ("mapping-unknown-key", "colums"),
    "columns = 1": ("mapping-wrong-value", "columns"),
    'only = "yes"': ("mapping-wrong-value", "only"),
    'timezone = "Mars/Olympus"': ("mapping-wrong-value", "timezone"),
    "timezone = 8": ("mapping-wrong-value", "timezone"),
    'timezone = "../../etc/passwd"': ("mapping-wrong-value", "timezone"),
    'stamps = "UTC"': ("mapping-wrong-value", "stamps"),
    '[columns]\nx = "acepted_at"': ("mapping-wrong-value", 'columns."x"'),
    "[columns]\nx = 3": ("mapping-wrong-value", 'columns."x"'),
    '[columns]\n"x y" = "unit"\n"X  Y" = "street"': ("mapping-wrong-value", 'columns."X  Y"'),
    '[columns]\n"联系人" = "unit"': ("mapping-wrong-value", 'columns."联系人"'),
    '[dates]\nunit = ["%Y"]': ("mapping-unknown-key", "dates.unit"),
    '[dates]\naccepted_at = ["%Y-%m"]': ("mapping-wrong-value", "dates.accepted_at"),
    '[dates]\naccepted_at = ["%Y-%m-%d %Q"]': ("mapping-wrong-value", "dates.accepted_at"),
    '[dates]\naccepted_at = ["%Y-%m-%d %I:%M"]': ("mapping-wrong-value", "dates.accepted_at"),
    '[dates]\naccepted_at = ["%Y-%m-%d %d"]': ("mapping-wrong-value", "dates.accepted_at"),
    "[dates]\naccepted_at = []": ("mapping-wrong-value", "dates.accepted_at"),
    "[dates]\naccepted_at = [1]": ("mapping-wrong-value", "dates.accepted_at"),
    '[values.title]\nx = "y"': ("mapping-unknown-key", "values.title"),
    '[values.person]\nx = "y"': ("mapping-unknown-key", "values.person"),
    '[values.satisfaction]\n5 = "happy"': ("mapping-wrong-value", 'values.satisfaction."5"'),
    '[values.on_time]\nMET = "maybe"': ("mapping-wrong-value", 'values.on_time."MET"'),
    "[values.on_time]\nMET = 1": ("mapping-wrong-value", 'values.on_time."MET"'),
    'values.on_time = "x"': ("mapping-wrong-value", "values.on_time"),
    "[values.on_time]\nMET = true\nmet = false": ("mapping-wrong-value", 'values.on_time."met"'),
    '[aliases.satisfaction]\nx = "y"': ("mapping-unknown-key", "aliases.satisfaction"),
    '[aliases.unit]\nx = "y"\n[values.unit]\nx = "z"': ("mapping-wrong-value", 'aliases.unit."x"'),
    '[known.community]\nname = ["x"]': ("mapping-wrong-value", "known.community"),
    "[known.community]\nnames = [1]": ("mapping-wrong-value", "known.community"),
    '[known.title]\nnames = ["x"]': ("mapping-unknown-key", "known.title"),
    "not toml": ("bad-mapping-file", None),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_file_is_refused_with_its_name_and_the_key(text: str) -> None:
    code, key = WRONG[text]
    with pytest.raises(UsageError) as caught:
        parse("m.toml", text.encode())
    assert (caught.value.code, caught.value.facts.get("key")) == (code, key)
    for lang in ("zh", "en"):
        assert "m.toml" in caught.value.message(lang) and caught.value.hint(lang)
        assert key is None or key in caught.value.message(lang)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load(tmp_path / "none.toml")
    assert caught.value.code == "bad-mapping-file" and caught.value.facts["file"] == "none.toml"


def test_a_file_in_another_encoding() -> None:
    with pytest.raises(UsageError):
        parse("m.toml", '[columns]\n"受理时间" = "accepted_at"'.encode("gb18030"))


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert parse("m.toml", b"").columns == {}
