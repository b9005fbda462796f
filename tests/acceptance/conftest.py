"""The report of the samples, made once by the program itself, as a person makes it."""

from pathlib import Path

import pytest
from acceptance_program import Made, once, program
from acceptance_samples import EXPORTS


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    def make(here: Path) -> Made:
        return Made(here / "report", program("report", EXPORTS, "--out", here / "report", cwd=here))

    done = once(tmp_path_factory, "made", make)
    assert done.said.code == 0, done.said.text
    assert "Warning" not in done.said.text
    return done
