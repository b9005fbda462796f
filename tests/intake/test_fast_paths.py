"""What intake looks at before it reads: each short way says what the long way says, on hostile texts and bytes."""

import hashlib
import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from intake_files import HEADER

from hotline_stats.errors import InputError
from hotline_stats.intake import broken, dates, encoding, headers, lines, reminders, unclosed, values
from hotline_stats.intake.batch import RawBatch

QUIET = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY = settings(QUIET, max_examples=400)
SIGNS = st.sampled_from(
    [*"aE9.~ /-\"'`=\t\r\n\u3000\ufeff街>→＞》《", "\x7f", "😀", "->", "NaN", "无", "不详"]
)
TEXT = st.lists(SIGNS, max_size=9).map("".join)
LONG = st.sampled_from(["2024-01-05 08:03:09", "SL20240105-00000001", "GD20240105.0", "x" * 40])
TEXTS = st.one_of(st.lists(TEXT, max_size=6), st.lists(st.one_of(LONG, st.just("")), max_size=6))


def sliced(texts: list[str], before: int) -> pa.StringArray:
    """Texts as a part of a longer array, as a batch cut from another has them."""
    return pa.array([*("前x9>e" for _ in range(before)), *texts, "后x9>e"], pa.string()).slice(
        before, len(texts)
    )


@MANY
@given(texts=TEXTS, before=st.integers(0, 2))
@example(texts=["2024-01-05 08:03:09", " 2024-01-05 08:03:09"], before=0)
@example(texts=["2024-01-05 08:03:09", "保密"], before=0)
def test_present_is_what_trimming_says(texts: list[str], before: int) -> None:
    trimmed = pc.utf8_trim_whitespace(pa.array(texts, pa.string())).to_pylist()
    missing = set(values._missing_words().to_pylist())
    got = values.present(sliced(texts, before))
    got.validate(full=True)
    assert got.to_pylist() == [None if t in missing else t for t in trimmed]


@pytest.mark.parametrize("word", values._missing_words().to_pylist())
def test_no_word_for_missing_is_taken_for_a_long_value(word: str) -> None:
    assert values.present(pa.array(["2024-01-05 08:03:09", word])).to_pylist() == [
        "2024-01-05 08:03:09",
        None,
    ]


@MANY
@given(texts=TEXTS, before=st.integers(0, 2), signs=st.binary(max_size=3))
def test_holds_looks_at_the_texts_and_nothing_beside(texts: list[str], before: int, signs: bytes) -> None:
    assert values.holds(sliced(texts, before), signs) == bool(set(signs) & set("".join(texts).encode()))


@MANY
@given(texts=TEXTS, before=st.integers(0, 2))
def test_ids_names_and_levels(texts: list[str], before: int) -> None:
    given_texts = sliced(texts, before)
    plain = values.present(given_texts)
    bare = pc.replace_substring_regex(plain, reminders._ID_MARKS, "")
    assert reminders.bare_ids(given_texts).to_pylist() == bare.to_pylist()
    names = [values._name(t) for t in texts]
    assert values.category(given_texts).to_pylist() == names
    parts = [values._levels(t) for t in texts]
    found = values.levels(given_texts)
    assert (found is None) == all(len(p) < 2 for p in parts)
    for level, column in enumerate(found or ()):
        assert column.to_pylist() == [values._name(p[level]) if level < len(p) else None for p in parts]


@pytest.mark.parametrize("length", [values._SHORT, values._SHORT + 1])
def test_a_name_is_the_same_whether_it_is_remembered(length: int) -> None:
    text = "某 \u3000街" + "道" * (length - 4)
    for _ in range(2):
        assert values.category(pa.array([text])).to_pylist() == ["某 街" + "道" * (length - 4)]


TIME = st.sampled_from(
    ["2024-01-05 08:03:09", "2024-01-05", "1899-12-31", "1900-01-01", "2100-12-31 23:59:59", "2101-01-01",
     "2024年1月5日", "2024-02-30", "", "45000", None]
)  # fmt: skip


@MANY
@given(texts=st.lists(TIME, max_size=6))
def test_times_of_a_batch_are_those_of_its_rows(texts: list[str | None]) -> None:
    alone = [dates.parse(pa.array([t], pa.string()))[0].as_py() for t in texts]
    assert dates.parse(pa.array(texts, pa.string())).to_pylist() == alone
    assert all(t is None or dates.FIRST <= t <= dates.LAST for t in alone)


FLAGS = st.sampled_from([*"是否12/-9", "", "已联系", "未联系", "无电话", "甲", " 是 ", "YES"])


@MANY
@given(texts=st.lists(FLAGS, max_size=6), before=st.integers(0, 2))
def test_listed_words(texts: list[str], before: int) -> None:
    def of(text: str) -> tuple[bool | None, bool]:
        word = values.normal_value(text)
        for answer in (True, False):
            if word in values.words("flags", "contacted", str(answer).lower()):
                return answer, False
        return None, word not in values.words("flags", "contacted", "none") | values.words("missing")

    got, unknown = values.flag(sliced(texts, before), "contacted")
    assert list(zip(got.to_pylist(), unknown.to_pylist(), strict=True)) == [of(t) for t in texts]


CELLS = st.lists(
    st.lists(st.sampled_from(["\r", "\n", "\r\n", "文", "a", ",", "\x0b"]), max_size=4).map("".join),
    max_size=5,
)


@MANY
@given(first=CELLS, before=st.integers(0, 2))
def test_line_ends(first: list[str], before: int) -> None:
    second = [t[::-1] for t in first]
    plain = ["街" for _ in first]
    batch = pa.RecordBatch.from_arrays([sliced(c, before) for c in (first, plain, second)], names=list("abc"))
    inner, where = lines.line_ends(batch)
    counts = np.array([[len(encoding.LINE_END.findall(t)) for t in c] for c in (first, plain, second)])
    assert inner.tolist() == counts.reshape(3, len(first)).sum(axis=0).tolist()
    assert list(where) == [i for i in range(3) if counts[i].any()]


PIECES = st.sampled_from(["\n", "\r\n", "GD1", ",", ";", "2024-01-05", "2024/1/5 8:03", "9", '"', "文"])
DAMAGED = st.lists(st.lists(PIECES, max_size=9).map("".join), min_size=1, max_size=5)


@MANY
@given(texts=DAMAGED, delimiter=st.sampled_from(",;"), at=st.integers(0, 2), defect=st.booleans())
@example(texts=["文", '"\nGD1,2024-01-05,'], delimiter=",", at=1, defect=False)
@example(texts=["文\n2024-01-05,"], delimiter=",", at=0, defect=True)
def test_rows_inside_a_cell(texts: list[str], delimiter: str, at: int, defect: bool) -> None:
    columns = ("", "", "", "", "", "")
    header = headers.Header(tuple(HEADER), (*columns[:at], "accepted_at", *columns[at + 1 :]))
    cells = pa.RecordBatch.from_arrays([sliced(texts, 1)], names=["0"])
    defects = ((0, "short-row"),) if defect else ()
    raw = RawBatch(cells, np.arange(len(texts)) + 7, defects)
    inside = re.compile(
        rf"[\r\n](?:[^{delimiter}\r\n]*{delimiter}){{{at}}}{unclosed._DATE}[^{delimiter}\r\n]{{0,20}}{delimiter}"
    )
    wrong = [i + 7 for i, t in enumerate(texts) if inside.search(t) and ('"' in t or (defect and not i))]
    try:
        unclosed.refuse_rows_inside(Path("a.csv"), header, delimiter, raw, lines.line_ends(cells))
        said = []
    except InputError as error:
        said = [error.facts["line"]]
    assert said == wrong[:1]


BYTES = st.lists(
    st.one_of(
        st.sampled_from([b"\n", b"\r", b"\xef\xbb\xbf", b"\xef", b"\xbb", b"\xbf", b"\xef\xbc\x8c", b"a", b'"', b"\0"]),
        st.sampled_from("街道投诉😀é").map(str.encode),
        st.binary(max_size=3),
    ),
    max_size=30,
).map(b"".join)  # fmt: skip


@MANY
@given(data=BYTES)
def test_marks_at_the_beginning_of_a_line(data: bytes) -> None:
    assert encoding._line_begins_with_mark(data) == bool(encoding._MARK_AT_LINE.search(data))


@MANY
@given(data=BYTES, chunk=st.integers(1, 40))
def test_the_survey_of_a_file(tmp_path: Path, data: bytes, chunk: int) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "CHUNK", chunk)
        seen = encoding.survey(tmp_path / "a")
    try:
        utf8 = data.decode() is not None
    except UnicodeDecodeError:
        utf8 = False
    assert (seen.sha256, seen.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (seen.utf8, seen.nul, seen.quotes) == (utf8, b"\0" in data, b'"' in data)


GB = st.lists(
    st.one_of(
        st.sampled_from(["街", "，", "·", "—", "€", "镕", "é", "㎡", "😀", "\ue5e5", "\ufffd", "a", "\n", ",", '"']).map(
            lambda c: c.encode("gb18030")
        ),
        st.binary(min_size=1, max_size=4),
        st.tuples(st.integers(0x81, 0xFE), st.integers(0x30, 0x39)).map(bytes),
    ),
    max_size=25,
).map(lambda parts: b"".join(parts).replace(b"\0", b""))  # fmt: skip
"""Without zero bytes: a file with some is refused before it is read."""


@MANY
@given(data=GB, chunk=st.integers(1, 40))
def test_gb18030_is_what_the_codec_says(tmp_path: Path, data: bytes, chunk: int) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "CHUNK", 4 * chunk)
        assert _decoded(tmp_path / "a") == _by_codec(data)


def _decoded(path: Path) -> str:
    try:
        return b"".join(encoding.utf8_chunks(path, "gb18030", "")).decode()
    except InputError as error:
        return error.code


def _by_codec(data: bytes) -> str:
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return "bad-encoding"


HANZI = st.sampled_from(
    [b"\xe4\xb8\x80", b"\xe9\xbf\xbf", b"\xe3\x80\x82", b"\xe8", b"\x80", b"\xb5\xc0", b"a", b"\n"]
)


@MANY
@given(data=st.lists(HANZI, max_size=20).map(b"".join), chunk=st.integers(1, 40))
def test_runs_of_utf_8_are_found_wherever_chunks_end(tmp_path: Path, data: bytes, chunk: int) -> None:
    (tmp_path / "a").write_bytes(data)
    run = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){4}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(broken, "CHUNK", chunk)
        assert broken._may_hold_utf8(tmp_path / "a") == bool(run.search(data))
