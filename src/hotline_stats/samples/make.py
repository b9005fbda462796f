"""Write the samples: exports and truth."""

from pathlib import Path

from hotline_stats.errors import PlaceError
from hotline_stats.samples import exports, truth
from hotline_stats.samples.draw import Draw
from hotline_stats.samples.tickets import make


def write(directory: Path, seed: int = 12345) -> list[Path]:
    """Write DIRECTORY/exports/*.csv and DIRECTORY/truth.csv, and give their paths in that order.

    Invented tickets of 2023 and 2024 as a user has them (half-year exports with other encodings, headers, forms
    of dates, repeated tickets, reminders, totals) and what is true of each ticket. The same seed gives the same
    bytes on every machine; every seed gives the same figures (`truth.check`). Files that are there already are
    written over. Raises PlaceError `cannot-write`.
    """
    tickets = make(seed)
    truth.check(tickets)
    contents = {directory / "exports" / name: data for name, data in exports.render(Draw(seed + 1), tickets)}
    contents[directory / "truth.csv"] = truth.render(tickets)
    for path, data in contents.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise PlaceError("cannot-write", place=str(path), reason=error.strerror or str(error)) from error
    return list(contents)
