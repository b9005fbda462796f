"""What the verbs take: periods, conditions and sources in every form, and one clear error for the rest."""

from datetime import date

import pytest

import hotline_stats as hs
from hotline_stats.errors import UsageError
from hotline_stats.model.period import Period


@pytest.fixture(scope="module")
def tickets(tmp_path_factory: pytest.TempPathFactory) -> hs.Tickets:
    path = tmp_path_factory.mktemp("api") / "export.csv"
    kinds = ("乱停车", "违法搭建阳光房", "深夜装修噪声扰民")
    lines = [
        f"T{y}{m:02d}{i},{y}-{m:02d}-{i + 1:02d} 08:00,{'投诉' if i % 2 else '求助'},{'甲' if i < 8 else '乙'}居委会,{kinds[i % 3]},满意,是"
        for y in (2023, 2024)
        for m in range(1, 13)
        for i in range(28)
    ]
    path.write_text(
        "工单编号,受理时间,诉求类型,居委会,诉求内容,满意度,解决情况\n" + "\n".join(lines) + "\n",
        encoding="utf-8",
    )
    return hs.load(path)


def test_periods(tickets: hs.Tickets) -> None:
    whole = Period(date(2024, 1, 1), date(2024, 12, 31))
    expected = hs.compare(tickets, period=whole).to_dict()
    assert (
        hs.compare(tickets, period="2024").to_dict() == hs.compare(tickets, period=2024).to_dict() == expected
    )
    assert hs.compare(tickets, period=2024, against=2023).to_dict()["rows"] == expected["rows"]
    assert hs.compare(tickets, period="2024-03", against="previous").windows.baseline.label == "2024-02"


def test_conditions(tickets: hs.Tickets) -> None:
    one = hs.compare(tickets, where={"type": "parking"}).total["current"]
    assert one == hs.compare(tickets, where={"type": "停车难"}).total["current"]
    assert one == hs.compare(tickets, where=[("问题类型", "Parking")]).total["current"] > 0
    two = hs.compare(tickets, where={"type": ["parking", "noise"]}).total["current"]
    assert two == one + hs.compare(tickets, where={"type": "noise"}).total["current"]
    assert hs.compare(tickets, where={"resolved": True}).total["current"] == 28 * 12
    assert hs.compare(tickets, where={"satisfaction": "满意"}).where == (("satisfaction", "satisfied"),)
    assert hs.compare(tickets, where={"request-type": "投诉"}).where == (("request_type", "投诉"),)


@pytest.mark.parametrize("where", ["type=parking", ["type=parking"], [("type", "parking", "noise")], 5])
def test_wrong_conditions(where: object, tickets: hs.Tickets) -> None:
    with pytest.raises(UsageError) as error:
        hs.compare(tickets, where=where)  # type: ignore[arg-type]
    assert error.value.code == "bad-where"


def test_a_column_without_values(tickets: hs.Tickets) -> None:
    with pytest.raises(UsageError) as error:
        hs.compare(tickets, where={"estate": "某小区"})
    assert error.value.code == "empty-column"


def test_wrong_sources(tickets: hs.Tickets) -> None:
    for source in (tickets.frame, 5, [5], {"a": 1}):
        with pytest.raises(UsageError) as error:
            hs.compare(source)  # type: ignore[arg-type]
        assert error.value.code == "bad-source"
    with pytest.raises(UsageError):
        hs.report(tickets.facts)  # type: ignore[arg-type]


def test_the_room_of_reports_does_not_hide_the_verb() -> None:
    import hotline_stats.reports

    assert callable(hs.report) and hotline_stats.reports.__name__ == "hotline_stats.reports"
    assert set(hs.__all__) <= set(dir(hs))
    with pytest.raises(AttributeError):
        hs.nothing_of_the_kind  # noqa: B018
