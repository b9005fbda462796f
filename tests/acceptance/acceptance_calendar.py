"""What the calendar does to the samples' figures, day by day: official days from `chinesecalendar`, the Spring Festival
from `lunardate`, the weights of the days by plain pandas, where the program has a table and closed forms."""

import datetime
from functools import cache

import chinese_calendar
import pandas as pd
from acceptance_samples import tickets
from lunardate import LunarDate

NOW, THEN = 2024, 2023
LOSS = {"festival": 0.8, "around": 0.4}


def kind(day: datetime.date) -> str:
    first = LunarDate(day.year, 1, 1).to_solar_date()
    after = (day - first).days
    if -1 <= after <= 6:
        return "festival"
    if -8 <= after <= 13:
        return "around"
    if chinese_calendar.is_workday(day):
        return "working"
    off, _ = chinese_calendar.get_holiday_detail(day)
    named = day in chinese_calendar.holidays
    assert off
    return "holiday" if named else "weekend"


@cache
def days() -> pd.DataFrame:
    """One row a day of both years: tickets and kind."""
    index = pd.date_range(f"{THEN}-01-01", f"{NOW}-12-31")
    counts = tickets()["accepted"].dt.normalize().value_counts().reindex(index, fill_value=0)
    return pd.DataFrame({"n": counts.to_numpy(float), "kind": [kind(d.date()) for d in index]}, index=index)


@cache
def weights() -> dict[str, float]:
    """Tickets of each kind of day / what they would be at the mean of the working days within 28 days."""
    table = days()
    work = table["n"].where(table["kind"] == "working")
    level = work.rolling(57, center=True, min_periods=1).mean()
    out = {"working": 1.0}
    for name, part in table.groupby("kind"):
        if name != "working":
            assert level[part.index].sum() >= 50
            out[str(name)] = part["n"].sum() / level[part.index].sum()
    return out


def kinds_of(year: int, months: tuple[int, ...]) -> pd.Series:
    table = days()
    return table.loc[(table.index.year == year) & table.index.month.isin(months), "kind"]


def adjusted(current: int, baseline: int, months: tuple[int, ...]) -> float | None:
    exposure = [kinds_of(y, months).map(weights()).sum() for y in (NOW, THEN)]
    factor = exposure[0] / exposure[1]
    if abs(factor - 1) < 0.005 or not baseline:
        return None
    return float(100 * (current / baseline / factor - 1))


def judged(verdict: str, ratio: float, low: float | None, high: float | None, months: tuple[int, ...]) -> str:
    """The verdict, or `calendar` where the festival could have made it: the limit must lie beyond what no effect and the
    strongest effect make of equal counts."""
    left = [1 - kinds_of(y, months).map(LOSS).fillna(0.0).mean() for y in (NOW, THEN)]
    least, most = sorted((1.0, left[0] / left[1]))
    if verdict == "rise" and low is not None:
        return verdict if further(ratio, 1 + low / 100, most >= 1.02) > most else "calendar"
    if verdict == "fall" and high is not None:
        return verdict if further(ratio, 1 + high / 100, least <= 0.98) < least else "calendar"
    return verdict


def further(ratio: float, limit: float, moved: bool) -> float:
    """The limit at 5/3 of its distance from the ratio, on the logarithm, where the festival pushes that way."""
    return float(ratio * (limit / ratio) ** (5 / 3)) if moved and ratio else limit
