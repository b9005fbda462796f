"""The font, its measures, and text broken into lines."""

import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from hotline_stats.charts import font
from hotline_stats.errors import PlaceError

steady = settings(deadline=None, derandomize=True, max_examples=60)


def test_the_font_is_a_file_with_chinese_and_the_signs_of_charts() -> None:
    assert font.font_file().name == "NotoSansSC-Regular.otf"
    for sign in "违法搭建噪声−—▼▲▽△□…→：。（）%":
        assert font.drawable(sign) == sign


def test_a_missing_font_is_an_error_with_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font, "PACKAGE", "no_such_font_package")
    font.font_file.cache_clear()
    with pytest.raises(PlaceError) as caught:
        font.font_file()
    assert (caught.value.code, caught.value.facts) == (
        "chart-font-missing",
        {"package": "no_such_font_package"},
    )
    monkeypatch.undo()
    font.font_file.cache_clear()
    assert font.font_file().is_file()


@pytest.mark.parametrize(
    "text", ["违法搭建同比下降17.5%", "Illegal construction AVAWA fi", "−1,368▼", "停车难 (P+R)"]
)
def test_measured_width_is_the_drawn_width(text: str) -> None:
    figure = Figure(figsize=(6, 1), dpi=720)
    drawn = figure.text(0, 0.5, text, fontproperties=font.properties(9), parse_math=False)
    box = drawn.get_window_extent(FigureCanvasAgg(figure).get_renderer())
    assert font.width(text, 9) == pytest.approx(box.width / 10, rel=0.03)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("甲\n乙", "甲 乙"),
        ("a\x07b", "a b"),
        ("\u202ea\ufeff", "a"),
        ("绿色😀家园👍🏽1️⃣", "绿色家园1"),
        ("𫝀野家", "□野家"),
        ("😀", "□"),
        ("\ud800", "□"),
        ("\ue000", "□"),
    ],
)
def test_drawable(text: str, drawn: str) -> None:
    assert font.drawable(text) == drawn


@steady
@given(st.text(max_size=40))
def test_anything_can_be_drawn_without_a_warning(text: str) -> None:
    figure = Figure(figsize=(3, 1), dpi=50)
    figure.text(0, 0.5, font.drawable(text), fontproperties=font.properties(9), parse_math=False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        FigureCanvasAgg(figure).draw()


@steady
@given(st.text("违法搭建，。（）ab c12.5%", max_size=60), st.floats(20, 200))
def test_lines_fit_and_lose_nothing(text: str, room: float) -> None:
    lines = font.wrap(text, 9, room)
    assert all(font.width(line, 9) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_lines_break_where_a_reader_expects() -> None:
    assert font.wrap("下降17.5%，（略）", 10, 55) == ["下降", "17.5%，", "（略）"]
    assert font.wrap("Damage to load-bearing structure", 9, 90) == ["Damage to", "load-bearing", "structure"]


def test_what_is_too_long_ends_with_an_ellipsis() -> None:
    lines = font.wrap("五角场街道办事处" * 20, 9, 60, 3)
    assert len(lines) == 3
    assert lines[2].endswith("…")
    assert font.width(lines[2], 9) <= 60
