"""Settings from their sources: which one is in force, where it came from, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from hotline_stats.errors import UsageError
from hotline_stats.settings import Settings, load
from hotline_stats.settings.load import _RULES, _flat

KNOWN = dict(_flat(Settings()))


def toml(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "hotline-stats.toml"
    path.write_text(text, "utf-8")
    return path


def refused(**sources: Any) -> UsageError:
    with pytest.raises(UsageError) as caught:
        load(**sources)
    assert caught.value.exit_code == 2
    assert caught.value.message("zh") and caught.value.hint("zh") and str(caught.value)
    return caught.value


def test_defaults_name_no_origin() -> None:
    loaded = load()
    assert loaded.settings == Settings()
    assert {origin for *_, origin in loaded.entries()} == {"default"}
    assert [key for key, *_ in loaded.entries()] == sorted(KNOWN)


def test_each_source_overrides_the_one_before(tmp_path: Path) -> None:
    file = toml(tmp_path, "taxonomy = 'a.toml'\n[comparison]\nmin_n = 1\nmin_pairs = 2\nconfidence = 0.5\n")
    environ = {
        "HOTLINE_STATS_COMPARISON_MIN_N": "3",
        "HOTLINE_STATS_COMPARISON_MIN_PAIRS": " 4 ",
        "PATH": "/bin",
    }
    loaded = load(file, environ, {"comparison.min_n": 5, "report.lang": None})
    found = loaded.settings
    assert (found.taxonomy, found.comparison.confidence) == ("a.toml", 0.5)
    assert (found.comparison.min_n, found.comparison.min_pairs, found.report.lang) == (5, 4, "zh")
    assert loaded.origins == {
        "taxonomy": "hotline-stats.toml",
        "comparison.confidence": "hotline-stats.toml",
        "comparison.min_pairs": "HOTLINE_STATS_COMPARISON_MIN_PAIRS",
        "comparison.min_n": "--min-n",
    }
    assert ("comparison.min_n", "5", "--min-n") in loaded.entries()


def test_a_weight_is_set_alone_and_nothing_is_shared(tmp_path: Path) -> None:
    found = load(toml(tmp_path, "[service.weights]\nmostly_satisfied = 0.6\n")).settings.service.weights
    assert dict(found) == {"satisfied": 1.0, "mostly_satisfied": 0.6, "neutral": 0.6, "dissatisfied": 0.0}
    assert Settings().service.weights["mostly_satisfied"] == 0.8


@pytest.mark.parametrize("key", KNOWN)
def test_every_setting_can_be_set_by_its_variable_and_is_checked(key: str) -> None:
    default = KNOWN[key]
    variable = "HOTLINE_STATS_" + key.replace(".", "_").upper()
    loaded = load(environ={variable: str(default) or "gbk"})
    assert loaded.origins == {key: variable}
    value = dict(_flat(loaded.settings))[key]
    assert type(value) is type(default) and value == ("gbk" if default == "" else default)
    assert key in _RULES


def test_rules_are_for_settings_that_exist() -> None:
    assert set(_RULES) == set(KNOWN)


def test_the_language_spoken_and_the_file_are_no_settings() -> None:
    loaded = load(
        environ={
            "HOTLINE_STATS_LANG": "klingon",
            "HOTLINE_STATS_CONFIG": "x",
            "HOTLINE_STATS_REPORT_TOP_N": "",
        }
    )
    assert loaded.settings == Settings() and not loaded.origins


@pytest.mark.parametrize(
    ("sources", "key", "closest"),
    [
        ({"environ": {"HOTLINE_STATS_REPORT_TOPN": "3"}}, "report_topn", "report.top_n? "),
        ({"flags": {"comparison.min": 3}}, "comparison.min", "comparison.min_n? "),
        ({"environ": {"HOTLINE_STATS_ZZZ": "3"}}, "zzz", ""),
    ],
)
def test_an_unknown_setting_is_refused_with_the_closest(
    sources: dict[str, Any], key: str, closest: str
) -> None:
    bad = refused(**sources)
    assert (bad.code, bad.facts["key"], bad.facts["closest"]) == ("unknown-setting", key, closest)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[intake]\nencodings = 'gbk'\n", "intake.encodings"),
        ("[report.lang]\nx = 1\n", "report.lang.x"),
        ("report = 3\n", "report"),
        ("[service.weights]\nangry = 1\n", "service.weights.angry"),
    ],
)
def test_an_unknown_key_of_a_file_is_refused(tmp_path: Path, text: str, key: str) -> None:
    bad = refused(file=toml(tmp_path, text))
    assert (bad.code, bad.facts["key"], bad.facts["origin"]) == ("unknown-setting", key, "hotline-stats.toml")


BAD = {
    "taxonomy": ["' '", "3", "[]"],
    "report.lang": ["'ZH'", "'fr'", "''", "true"],
    "report.top_n": ["0", "-1", "1.5", "true", "'x'", "nan", "inf", "[1]", "2024-01-05"],
    "intake.encoding": ["'utf-88'", "'base64'", "'undefined'", "8", "'a\\u0000b'"],
    "intake.header_rows": ["-1", "''", "' '"],
    "comparison.confidence": ["1", "1.0", "0.4", "95", "'95%'", "nan", "false", "1" + "0" * 400],
    "comparison.min_n": ["-1", "0.5", "'1e3'"],
    "comparison.min_pairs": ["1"],
    "comparison.fallback_dispersion": ["0.9", "inf", "nan", "'inf'"],
    "service.min_n": ["0"],
    "service.weights.satisfied": ["1.1", "-0.1", "nan"],
}


@pytest.mark.parametrize(("key", "value"), [(k, v) for k, values in BAD.items() for v in values])
def test_bad_values_are_refused(tmp_path: Path, key: str, value: str) -> None:
    bad = refused(file=toml(tmp_path, f"{key} = {value}\n"))
    assert (bad.code, bad.facts["key"], bad.facts["origin"]) == ("bad-setting", key, "hotline-stats.toml")
    assert bad.facts["expected"]


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("comparison.fallback_dispersion", "2", 2.0),
        ("comparison.min_n", "5.0", 5),
        ("comparison.min_n", "'5'", 5),
        ("intake.header_rows", "0", 0),
        ("intake.encoding", "'GBK'", "GBK"),
        ("intake.encoding", "''", ""),
        ("comparison.confidence", "0.999", 0.999),
        ("service.weights.neutral", "0", 0.0),
    ],
)
def test_values_come_in_the_type_of_the_default(tmp_path: Path, key: str, value: str, found: object) -> None:
    got = dict(_flat(load(toml(tmp_path, f"{key} = {value}\n")).settings))[key]
    assert got == found and type(got) is type(found)


@pytest.mark.parametrize("content", [b"a = \n", b"\xff\xfe", b"taxonomy = 1\ntaxonomy = 2\n"])
def test_a_file_that_is_not_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.toml").write_bytes(content)
    assert refused(file=tmp_path / "x.toml").code == "bad-config-file"


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    assert refused(file=tmp_path / "none.toml").code == "bad-config-file"
    assert refused(file=tmp_path).code == "bad-config-file"


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("report.lang = 'en'\n", "utf-8-sig")
    assert load(tmp_path / "x.toml").settings.report.lang == "en"


def test_a_request_type_of_ones_own_may_have_a_limit(tmp_path: Path) -> None:
    found = load(toml(tmp_path, "[service.limits]\n'举报' = 10\n'投诉' = 7\n"))
    assert dict(found.settings.service.limits) == {"咨询": 1, "建议": 1, "求助": 5, "投诉": 7, "举报": 10}
    assert ("service.limits.举报", "10", "hotline-stats.toml") in found.entries()
    for wrong in ("-1", "1.5", "'x'", "{'日' = 1}"):
        refused(file=toml(tmp_path, f"[service.limits]\n'举报' = {wrong}\n"))
