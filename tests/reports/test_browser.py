"""The page in a browser, Debian's Chromium driven by Playwright: nothing is asked for outside, nothing is said on the
console, hostile names are text, tables are sorted by mouse and by keyboard, and it fits a phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import report_data as data
from playwright.sync_api import Browser, Page, sync_playwright

from hotline_stats.reports.compose import compose
from hotline_stats.reports.format import clean
from hotline_stats.reports.renderers.html import html

CHROMIUM = shutil.which("chromium")
PATIENCE = 180_000
"""Milliseconds that a busy machine may take."""
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="apt install chromium")


@pytest.fixture(scope="module")
def page_file(hostile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(html(compose(hostile, data.intake(), data.provenance(), "zh", 12)), "utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=PATIENCE)
        yield started
        started.close()


def opened(browser: Browser, path: Path, width: int = 1280, scheme: str = "light") -> tuple[Page, list[str]]:
    """The page, and what it asked for beside itself or said on the console."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.set_default_timeout(PATIENCE)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url))
    page.goto(path.as_uri())
    heard.remove(path.as_uri())
    return page, heard


def column(page: Page, table: str, at: int) -> list[str]:
    """The cells of a column, from top to bottom."""
    return page.locator(f"#table-{table} tbody tr > :nth-child({at})").all_inner_texts()


def sorted_up(counts: list[int]) -> list[str]:
    return [f"{n:,}" for n in sorted(counts)]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_quiet_and_fits(browser: Browser, page_file: Path, width: int, scheme: str) -> None:
    page, heard = opened(browser, page_file, width, scheme)
    assert heard == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    paper = page.evaluate("getComputedStyle(document.querySelector('.sheet')).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 27, 33)"}[scheme]
    page.close()


def test_hostile_names_are_text(browser: Browser, page_file: Path) -> None:
    page, _ = opened(browser, page_file)
    assert page.locator("script").count() == 1 and page.locator("img").count() == 0
    assert set(map(clean, data.HOSTILE)) <= {
        name.replace("\n", " ").strip() for name in column(page, "by-community", 1)
    }
    page.close()


def test_a_click_sorts_and_the_third_brings_back(browser: Browser, page_file: Path) -> None:
    page, heard = opened(browser, page_file)
    before = column(page, "by-community", 3)
    last = page.locator("#table-by-community tbody tr.last").count()
    head = page.locator("#table-by-community thead th").nth(2)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    counts = [int(n.replace(",", "")) for n in column(page, "by-community", 3)]
    own = counts[:-last]
    assert own == sorted(own, reverse=True) and len(set(own)) > 1
    assert column(page, "by-community", 3)[-last:] == before[-last:]
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert column(page, "by-community", 3) == [*sorted_up(own), *before[-last:]]
    head.locator("button").click()
    assert head.get_attribute("aria-sort") is None and column(page, "by-community", 3) == before
    assert heard == []
    page.close()


def test_tables_are_sorted_from_the_keyboard(browser: Browser, page_file: Path) -> None:
    page, _ = opened(browser, page_file)
    button = page.locator("#table-by-community thead th").nth(0).locator("button")
    button.focus()
    page.keyboard.press("Enter")
    names = column(page, "by-community", 1)
    assert page.locator("#table-by-community thead th").nth(0).get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Space")
    last = page.locator("#table-by-community tbody tr.last").count()
    assert column(page, "by-community", 1)[:-last] == names[:-last][::-1]
    page.close()


def test_on_paper_nothing_is_cut(browser: Browser, page_file: Path) -> None:
    page, _ = opened(browser, page_file, width=794)
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    wide = page.evaluate(
        "[...document.querySelectorAll('.scroll')].filter(s => s.scrollWidth > s.clientWidth + 1).map(s => s.innerText.slice(0, 40))"
    )
    assert wide == []
    page.close()
