"""The parts of the generator: choices, patterns, working days, ratings, and the check of its figures."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_stats.samples import truth
from hotline_stats.samples.days import working_days_later
from hotline_stats.samples.draw import Draw, running
from hotline_stats.samples.exports import stamp
from hotline_stats.samples.pattern import fill, parse
from hotline_stats.samples.service import FIFTHS, give
from hotline_stats.samples.source import estates
from hotline_stats.samples.ticket import Ticket
from hotline_stats.samples.tickets import make


def ticket(number: int, fit: float = 0.0) -> Ticket:
    moment = datetime(2023, 5, 4, 9, 30)
    return Ticket(
        "noise", "投诉", 2023, estates()[0], "", moment, moment, moment, moment, id=f"{number:03d}", fit=fit
    )


def test_choices_are_fixed_for_all_time() -> None:
    draw = Draw(12345)
    assert [draw.below(1000) for _ in range(5)] == [416, 10, 825, 298, 368]
    assert Draw(3).shuffled("abcdef") == list("facbde")


def test_weighted_choices_follow_their_weights() -> None:
    draw, totals = Draw(1), running([1, 0, 3])
    drawn = [draw.weighted("abc", totals) for _ in range(4000)]
    assert drawn.count("b") == 0
    assert drawn.count("a") == pytest.approx(1000, abs=120)


def test_patterns() -> None:
    said = {fill("[甲|乙]在{E}[|旁]", Draw(seed), {"E": "此处"}.__getitem__) for seed in range(40)}
    assert said == {"甲在此处", "乙在此处", "甲在此处旁", "乙在此处旁"}
    with pytest.raises(ValueError):
        parse("一个[没有关上")


def test_working_days_leave_out_weekends_and_holidays() -> None:
    assert working_days_later(date(2023, 5, 5), 1) == date(2023, 5, 8)
    assert working_days_later(date(2023, 9, 29), 1) == date(2023, 10, 9)
    assert working_days_later(date(2024, 2, 8), 1) == date(2024, 2, 19)


@pytest.mark.parametrize(
    ("form", "text"),
    [("iso", "2024-01-05 08:03:09"), ("slash", "2024/1/5 8:03"), ("chinese", "2024年1月5日8时3分")],
)
def test_forms_of_times(form: str, text: str) -> None:
    assert stamp(datetime(2024, 1, 5, 8, 3, 9), form) == text


@given(st.integers(60, 400), st.integers(650, 850))
def test_ratings_have_exactly_the_points_asked_for(n: int, level: int) -> None:
    rated = [ticket(i, fit=i / n) for i in range(n)]
    points = round(5 * n * level / 1000)
    give(rated, points)
    assert sum(FIFTHS[t.satisfaction] for t in rated) == points
    assert rated[-1].satisfaction == "满意"


def test_ratings_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot have"):
        give([ticket(i) for i in range(10)], 51)


def test_a_ticket_missing_is_noticed() -> None:
    tickets = make(12345)
    truth.check(tickets)
    without = [t for t in tickets if t.type != "corridor_clutter" or f"{t.accepted:%Y-%m}" != "2024-03"]
    with pytest.raises(ValueError, match="corridor_clutter_pct"):
        truth.check(without)
