"""Results and documents of the invented tickets, made once."""

import pytest
import report_data as data

from hotline_stats.messages import Lang
from hotline_stats.model.results import Results
from hotline_stats.reports.compose import compose
from hotline_stats.reports.document import Document


@pytest.fixture(scope="session")
def results() -> Results:
    return data.results()


@pytest.fixture(scope="session")
def document(results: Results) -> Document:
    return compose(results, data.intake(), data.provenance(), "zh", 12)


@pytest.fixture(scope="session")
def plain(results: Results) -> dict[Lang, Document]:
    """The report in both languages, without charts."""
    return {
        lang: compose(results, data.intake(), data.provenance(), lang, 12, drawn=False)
        for lang in ("zh", "en")
    }


@pytest.fixture(scope="session")
def hostile() -> Results:
    return data.results(data.facts(communities=data.HOSTILE))
