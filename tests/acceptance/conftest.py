"""The report of the samples, made once by the program itself, as a person makes it."""

import pytest
from acceptance_program import Made, program
from acceptance_samples import EXPORTS


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    here = tmp_path_factory.mktemp("made")
    said = program("report", EXPORTS, "--out", here / "report", cwd=here)
    assert said.code == 0, said.text
    assert "Warning" not in said.text
    return Made(here / "report", said)
