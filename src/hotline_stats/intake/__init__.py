"""Export files → clean batches of tickets, with findings. Text goes to the taxonomy, persons go nowhere."""

from hotline_stats.intake.batch import RawBatch
from hotline_stats.intake.clean import Clean, Flaw, clean, understood
from hotline_stats.intake.duplicates import older_rows, on_another_day
from hotline_stats.intake.export import Export, open_exports

__all__ = [
    "Clean",
    "Export",
    "Flaw",
    "RawBatch",
    "clean",
    "older_rows",
    "on_another_day",
    "open_exports",
    "understood",
]
