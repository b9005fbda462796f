"""The settings and their defaults; nothing else in the program holds a default."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hotline_stats.messages import Lang


def _weights() -> Mapping[str, float]:
    return {"satisfied": 1.0, "mostly_satisfied": 0.8, "neutral": 0.6, "dissatisfied": 0.0}


@dataclass(frozen=True)
class IntakeSettings:
    """How exports are read. `header_rows`: how many rows may stand above the header. `mapping`: path of a file
    that says what headers, dates, values and names mean (docs/mapping.md). `dedupe`: "newest" counts the newest
    row of a ticket, "none" every row. `link_callers`: give tickets the keyed hash of their caller's number;
    `key_file`: of the key, "" = in the user's configuration folder.
    """

    encoding: str = ""
    header_rows: int = 20
    mapping: str = ""
    dedupe: str = "newest"
    link_callers: bool = False
    key_file: str = ""


@dataclass(frozen=True)
class ClassificationSettings:
    """`min_margin`: tickets whose type leads by less (0–1) are in doubt; 0 = none is."""

    min_margin: float = 0.0


@dataclass(frozen=True)
class ComparisonSettings:
    """How a change is judged.

    `confidence`: of the interval. `min_n`: a baseline below it is `small`; when both counts are below it the
    verdict is `too-few`. `fallback_dispersion`: variance/mean assumed where fewer than `min_pairs` months of
    the year stand in the data for at least two years. `year_start`: the month with which an assessment year begins,
    1–12 (`AY2024`, `ytd` and the default period go by it).
    """

    confidence: float = 0.95
    min_n: int = 10
    min_pairs: int = 6
    fallback_dispersion: float = 3.0
    year_start: int = 1


def _limits() -> Mapping[str, int]:
    return {"咨询": 1, "建议": 1, "求助": 5, "投诉": 5}


@dataclass(frozen=True)
class ServiceSettings:
    """`weights`: of the ratings in the satisfaction rate. `min_n`: denominator below which no rate is shown. `limits`:
    working days within which a request of this type is to be closed, 0 = none; other types may be named.
    `complex_limit`: the same for complex matters, whatever their type. `households`: path of a table of households
    by place (docs/method.md), "" = none.
    """

    weights: Mapping[str, float] = field(default_factory=_weights)
    min_n: int = 10
    limits: Mapping[str, int] = field(default_factory=_limits)
    complex_limit: int = 15
    households: str = ""


@dataclass(frozen=True)
class ReportSettings:
    """`lang`: of reports and charts. `top_n`: rows in a ranking of places or units. `audience`: "internal", or "public"
    for a report that may be published: small counts suppressed, no estates, units or files (docs/method.md).
    """

    lang: Lang = "zh"
    top_n: int = 15
    audience: str = "internal"


@dataclass(frozen=True)
class Settings:
    """All settings. `taxonomy`: the name of a built-in taxonomy or the path of a file. `model`: the file of the second
    reader that is asked where the rules are in doubt; "" = the one that belongs to a built-in taxonomy, "none" = the
    rules alone.
    """

    taxonomy: str = "wujiaochang"
    model: str = ""
    report: ReportSettings = ReportSettings()
    intake: IntakeSettings = IntakeSettings()
    classification: ClassificationSettings = ClassificationSettings()
    comparison: ComparisonSettings = ComparisonSettings()
    service: ServiceSettings = field(default_factory=ServiceSettings)
