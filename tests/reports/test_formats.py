"""Which formats are asked for: known names only, told before anything is read."""

import subprocess
import sys

import pytest

from hotline_stats.errors import UsageError
from hotline_stats.reports.formats import DEFAULT, EVERY, wanted


def test_order_and_repeats():
    assert wanted(["JSON", " html ", "json"]).formats == ("html", "json")
    assert set(DEFAULT) < set(EVERY)


@pytest.mark.parametrize("asked", [["pdf"], ["html", "doc"], [""], []])
def test_an_unknown_format_names_the_known(asked):
    with pytest.raises(UsageError) as caught:
        wanted(asked)
    assert caught.value.code == "unknown-format" and caught.value.exit_code == 2
    assert all(known in str(caught.value) for known in EVERY)


def test_a_template_without_a_word_file_is_a_slip(tmp_path):
    with pytest.raises(UsageError) as caught:
        wanted(["html", "md"], tmp_path / "t.docx")
    assert caught.value.code == "template-unused"


def test_no_office_library_is_loaded_before_it_is_needed():
    code = (
        "import sys, hotline_stats.cli.app, hotline_stats.reports.formats, hotline_stats.reports.report;"
        "import hotline_stats.reports.write;"
        "sys.exit(len({'docx', 'xlsxwriter', 'lxml'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_name_has_the_period():
    assert (
        wanted(["html"], name="12345同比报告{period}").stem("2024-01..2024-05")
        == "12345同比报告2024-01..2024-05"
    )
    assert wanted(["html"]).stem("2024") == "report"


@pytest.mark.parametrize(
    "name",
    [
        "", "../x", "a/b", "a\\b", "a:b", "con", "Manifest", "x.", " x", "x\n", "{lang}", "{period.start}", "{", "x" * 81,
        '"', "a*", "\x7f",
    ],
)  # fmt: skip
def test_a_name_that_no_file_can_have_is_a_slip(name):
    with pytest.raises(UsageError) as caught:
        wanted(["html"], name=name)
    assert caught.value.code == "bad-name" and caught.value.exit_code == 2
