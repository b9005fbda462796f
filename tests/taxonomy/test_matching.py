"""Where phrases are found: Arrow arrays of every make, rows, nulls, characters."""

import numpy as np
import pyarrow as pa
import pytest
from taxonomy_small import small

from hotline_stats.taxonomy import Classified, classify, explain, labels_text
from hotline_stats.taxonomy.classifier import BLOCK

T = small()
NOISE, GARBAGE, OTHER = 0, 1, 2


def run(content: pa.Array, title: pa.Array | None = None, evidence: bool = False) -> Classified:
    return classify(
        T, pa.nulls(len(content), pa.string()) if title is None else title, content, evidence=evidence
    )


def test_no_rows() -> None:
    for empty in (pa.array([], pa.string()), pa.nulls(0, pa.string()), pa.array(["噪音"])[:0]):
        got = run(empty, evidence=True)
        assert (len(got), got.evidence) == (0, [])
        assert (got.primary.dtype, got.labels.dtype, got.margin.dtype) == (np.int16, np.int64, np.float32)
        assert labels_text(T, got.primary, got.labels).to_pylist() == []


def test_empty_and_missing_texts_are_other() -> None:
    got = run(pa.array(["", None, "你好"]), pa.array([None, "", "请问"]))
    assert got.primary.tolist() == [OTHER] * 3
    assert got.labels.tolist() == [1 << OTHER] * 3
    assert got.margin.tolist() == [0.0] * 3


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_sliced_arrays(kind: pa.DataType) -> None:
    whole = pa.array(["垃圾", None, "噪音", "", "垃圾垃圾", "x", "太吵闹"], kind)
    everything = run(whole).primary.tolist()
    assert everything == [GARBAGE, OTHER, NOISE, OTHER, GARBAGE, OTHER, NOISE]
    for start in range(len(whole)):
        for stop in range(start, len(whole) + 1):
            part = whole[start:stop]
            assert run(part).primary.tolist() == everything[start:stop]
            assert run(whole[: stop - start], part).primary.tolist() == [
                run(whole[i : i + 1], part[i : i + 1]).primary[0] for i in range(stop - start)
            ]


def test_a_null_may_hide_bytes() -> None:
    offsets = pa.array([0, 6, 12], pa.int32()).buffers()[1]
    array = pa.Array.from_buffers(
        pa.string(), 2, [pa.py_buffer(b"\x02"), offsets, pa.py_buffer("垃圾噪音".encode())]
    )
    assert array.to_pylist() == [None, "噪音"]
    assert run(array).primary.tolist() == [OTHER, NOISE]


def test_no_match_straddles_rows() -> None:
    got = run(pa.array(["噪", "音垃", "圾", "车", "响", "不是", "噪音", "答复：", "噪音"]))
    assert got.primary.tolist() == [OTHER] * 6 + [NOISE, OTHER, NOISE]


def test_dictionary_columns() -> None:
    assert run(pa.array(["噪音", "垃圾", "噪音"]).dictionary_encode()).primary.tolist() == [0, 1, 0]


def test_odd_characters_and_positions() -> None:
    text = "😀<b>\x00" + "é" * 3 + "噪音ＫＴＶ"
    got = run(pa.array([text]), pa.array(["噪音"]), evidence=True)
    assert got.evidence == [
        [
            ("噪音", "noise", "title", 0, 8.0),
            ("噪音", "noise", "content", text.index("噪音"), 4.0),
            ("ＫＴＶ", "noise", "content", text.index("Ｋ"), 4.0),
        ]
    ]


def test_long_text() -> None:
    got = run(pa.array(["好" * 100_000 + "噪音", "好" * 15 + "噪音"]), evidence=True)
    assert [e[0][3:] for e in got.evidence or []] == [(100_000, 1.0), (15, 2.0)]
    assert got.primary.tolist() == [OTHER, NOISE]  # far from the beginning it weighs less than primary_min


def test_blocks_do_not_matter() -> None:
    texts = ["噪音", "垃圾", "", None, "工资"]
    content = pa.array([texts[i % 5] for i in range(BLOCK * 2 + 3)])
    got = run(content)
    assert got.primary.tolist() == [[NOISE, GARBAGE, OTHER, OTHER, OTHER][i % 5] for i in range(len(content))]


def test_titles_and_contents_must_agree_in_length() -> None:
    with pytest.raises(ValueError, match="1 titles, 2 contents"):
        classify(T, pa.array(["a"]), pa.array(["a", "b"]))


def test_labels_text() -> None:
    got = run(pa.array(["垃圾，太吵", "太吵", "工资", "x"]), pa.array(["", "垃圾", "", ""]))
    assert labels_text(T, got.primary, got.labels).to_pylist() == [
        "garbage|noise",
        "garbage|noise",
        "other",
        "other",
    ]
    assert labels_text(T.scheme, got.primary, got.labels).to_pylist()[0] == "garbage|noise"


def test_evidence_is_what_explain_says() -> None:
    title, content = "小区脏乱", "希望管管KTV噪音，不是垃圾；停车场响，车辆响。"
    got = run(pa.array([content]), pa.array([title]), evidence=True)
    why = explain(T, title, content)
    assert got.evidence is not None
    assert [(m.phrase, m.type, m.place, m.position, m.weight) for m in why.matches] == got.evidence[0]
    assert why.primary == T.scheme.ids[got.primary[0]]
    assert why.margin == pytest.approx(float(got.margin[0]))
