"""Every sentence the program says about an error, a finding or a figure, by catalogue, code and language.

A catalogue is one TOML file in resources/messages; each code has the same texts in `zh` and `en`.
"""

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Lang = Literal["zh", "en"]


@cache
def catalogue(name: str) -> Mapping[str, Mapping[str, Any]]:
    """The entries of resources/messages/NAME.toml, by code."""
    return tomllib.loads(
        (files("hotline_stats") / "resources" / "messages" / f"{name}.toml").read_text("utf-8")
    )


def text(name: str, code: str, key: str, /, **facts: object) -> str:
    """The text `key` (a language, or such as `zh_hint`) of `code`, with `{fact}` places filled in."""
    return str(catalogue(name)[code][key]).format(**facts)


def speech() -> Lang:
    """The language of help, errors and narration: HOTLINE_STATS_LANG, else the locale's, else English."""
    for variable in ("HOTLINE_STATS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return _windows_speech() if os.name == "nt" else "en"


def _windows_speech() -> Lang:
    import locale

    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
