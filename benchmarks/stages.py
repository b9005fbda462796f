"""One stage alone, timed inside the process: `python benchmarks/stages.py STAGE FILE` prints its seconds.

read      the bare stream of pyarrow.csv, which is the floor of any reading here (UTF-8 only)
intake    open_exports, their batches, and clean, on all cores as the local engine runs them
classify  the classifier on all cores, over titles and contents that are in memory already (UTF-8 only)
"""

import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pyarrow as pa
import pyarrow.csv as pacsv

from hotline_stats.engines.local import in_order
from hotline_stats.intake import clean, open_exports
from hotline_stats.settings import load as load_settings
from hotline_stats.taxonomy import classify
from hotline_stats.taxonomy import load as load_taxonomy

QUOTED = pacsv.ParseOptions(newlines_in_values=True)
ROWS = 4096


def read(file: str) -> Callable[[], None]:
    def run() -> None:
        for _ in pacsv.open_csv(file, parse_options=QUOTED):
            pass

    return run


def intake(file: str) -> Callable[[], None]:
    def run() -> None:
        exports = open_exports([file], load_settings().settings.intake)
        for _ in in_order(partial(clean, raw, e.header) for e in exports for raw in e.batches()):
            pass

    return run


def classifier(file: str) -> Callable[[], None]:
    taxonomy = load_taxonomy(load_settings().settings.taxonomy)
    texts = pacsv.ConvertOptions(include_columns=["标题", "诉求内容"])
    batches: list[pa.RecordBatch] = list(pacsv.open_csv(file, parse_options=QUOTED, convert_options=texts))

    def run() -> None:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for _ in pool.map(lambda b: classify(taxonomy, b.column(0), b.column(1)), batches):
                pass

    return run


STAGES = {"read": read, "intake": intake, "classify": classifier}

if __name__ == "__main__":
    stage = STAGES[sys.argv[1]](sys.argv[2])
    began = time.perf_counter()
    stage()
    print(time.perf_counter() - began)
