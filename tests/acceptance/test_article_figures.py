"""The figures that the source article gives, found in the report of the samples under their own names.

1368 → 1102 property complaints is −19.4 %; the eight types together fall 17.5 %: two populations, kept apart.
"""

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import pytest
from acceptance_program import Made
from acceptance_samples import truth

PROPERTY = (1368, 1102)
PROPERTY_TYPES = {"property_service", "owners_committee", "building_repair"}
HEADLINE_TYPES = {
    "illegal_construction", "corridor_clutter", "load_bearing", "cooking_fumes", "home_renewal", "nimby", "parking",
    "lift",
}  # fmt: skip
PERCENT = {
    "property": "-19.4",
    "headline": "-17.5",
    "illegal_construction": "-33.6",
    "corridor_clutter": "-30.2",
}


def one_decimal(number: Fraction) -> str:
    """Half-up from the exact number."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


class Page(HTMLParser):
    """The sentences and table rows of a page, as read: white space gone, the typographic minus kept."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.words = ""
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "svg", "script"):
            self._inside.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._inside.append("cell")

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == ("cell" if tag in ("td", "th") else tag):
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.words += "".join(data.split())
        elif self._inside == ["cell"]:
            self.rows[-1][-1] += "".join(data.split())

    def row(self, name: str, among: str) -> list[str]:
        """The only row that begins with `name` and has a cell `among`."""
        hits = [r for r in self.rows if r and r[0] == name and among in r]
        assert len(hits) == 1, hits
        return hits[0]

    def sentences(self, pattern: str) -> list[str]:
        return [s for s in re.split("[。；]", self.words) if re.search(pattern, s)]


@pytest.fixture(scope="module")
def figures(made: Made) -> dict[str, Any]:
    return json.loads((made.directory / "report.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def page(made: Made) -> Page:
    return Page((made.directory / "report.html").read_text("utf-8"))


def row(figures: dict[str, Any], key: str) -> dict[str, Any]:
    (found,) = [r for part in ("rows", "groups") for r in figures["types"][part] if r["key"] == key]
    return found


def test_who_is_counted(figures: dict[str, Any]) -> None:
    """The two populations as data/samples/README.md has them, counted in truth.csv."""
    for year, part in (("2023", "baseline"), ("2024", "current")):
        tickets = truth()[truth()["accepted"].str.startswith(year)]
        complaints = tickets[tickets["request_type"] == "投诉"]
        assert complaints["type_primary"].isin(PROPERTY_TYPES).sum() == row(figures, "property")[part]
        assert tickets["type_primary"].isin(HEADLINE_TYPES).sum() == row(figures, "headline")[part]


def test_property_complaints_in_json(figures: dict[str, Any]) -> None:
    found = row(figures, "property")
    assert (found["baseline"], found["current"], found["change"]) == (*PROPERTY, -266)


@pytest.mark.parametrize("key", PERCENT)
def test_percent_in_json(key: str, figures: dict[str, Any]) -> None:
    found = row(figures, key)
    change = Fraction(found["current"] - found["baseline"], found["baseline"]) * 100
    assert one_decimal(change) == PERCENT[key]
    assert found["change_pct"] == pytest.approx(float(change), rel=1e-12)
    assert found["verdict"] == "fall"


def test_satisfaction_in_json(figures: dict[str, Any]) -> None:
    (found,) = [f for f in figures["services"]["figures"] if f["id"] == "satisfaction"]
    # Fifths: the weights 1, 0.8, 0.6 and 0 make whole numbers of them.
    then, now = (
        Fraction(round(5 * found[f"{part}numerator"]), 5 * found[f"{part}denominator"])
        for part in ("baseline_", "")
    )
    assert one_decimal((now - then) / then * 100) == "10.0"
    assert found["change_pct"] == pytest.approx(float((now - then) / then * 100), rel=1e-9)
    assert found["change_pp"] == pytest.approx(float((now - then) * 100), rel=1e-9)


def test_property_complaints_in_html(page: Page) -> None:
    assert "−19.4%" in page.row("物业类投诉（仅投诉）", "1,368")
    assert page.row("物业类投诉（仅投诉）", "1,368")[1:4] == ["1,368", "1,102", "−266"]
    assert page.sentences("物业类投诉共1,102件.*1,368件.*下降19.4%")


@pytest.mark.parametrize(
    ("name", "key", "said"),
    [
        ("重点八类", "headline", "重点八类共.*下降17.5%"),
        ("违法搭建", "illegal_construction", "违法搭建.*下降33.6%"),
        ("楼道堆物", "corridor_clutter", "楼道堆物.*下降30.2%"),
    ],
)
def test_percent_in_html(name: str, key: str, said: str, page: Page, figures: dict[str, Any]) -> None:
    found = row(figures, key)
    percent = PERCENT[key].replace("-", "−") + "%"
    counts = [f"{found['baseline']:,}", f"{found['current']:,}"]
    assert page.row(name, percent)[1:3] == counts
    assert page.sentences(said)


def test_satisfaction_in_html_says_points_and_percent(page: Page, figures: dict[str, Any]) -> None:
    (found,) = [f for f in figures["services"]["figures"] if f["id"] == "satisfaction"]
    points = one_decimal(Fraction(found["change_pp"]))
    cells = page.row("满意率", "+10.0%")
    assert f"+{points}个百分点" in cells
    assert page.sentences(f"满意率.*提高{points}个百分点.*上升10.0%")


def test_the_two_populations_are_never_mixed(page: Page) -> None:
    """No sentence gives the eight types the complaints' percentage, or the other way round."""
    assert not page.sentences("重点八类[^，、]*(19.4%|1,368|1,102)")
    assert not page.sentences("物业类投诉[^，、]*17.5%")
