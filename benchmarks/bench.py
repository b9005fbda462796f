"""Speed and memory against three peers: `make bench`, or `python benchmarks/bench.py --tickets 1000000`.

Every round runs every command once, in turn, as a whole process; medians are printed, and written to
bench.json with the facts of the machine. Peers that are not installed (duckdb, polars) are left out.
"""

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
PHRASES_OF_A_TYPE = 12
FLOOR = "stage: pyarrow stream"
LIBRARIES = ("numpy", "pandas", "pyarrow", "duckdb", "polars")


def commands(folder: Path) -> dict[str, list[str]]:
    """What is run, by name; a stage prints its own seconds, everything else is timed as a process."""
    utf8, gb, phrases = (str(folder / name) for name in ("utf8.csv", "gb18030.csv", "phrases.json"))
    ours = [sys.executable, "-m", "hotline_stats"]
    stage = [sys.executable, str(HERE / "stages.py")]
    out = ["--output", os.devnull]
    found = {
        FLOOR: [*stage, "read", utf8],
        "stage: intake, UTF-8": [*stage, "intake", utf8],
        "stage: intake, GB18030": [*stage, "intake", gb],
        "stage: classifier": [*stage, "classify", utf8],
        "compare, UTF-8": [*ours, "compare", utf8, "--by", "type", *out],
        "compare, GB18030": [*ours, "compare", gb, "--by", "type", *out],
        "classify to CSV": [*ours, "classify", utf8, *out],
        "report": [*ours, "report", utf8, "--out", str(folder / "report")],
    }
    for peer in ("duckdb", "polars", "pandas"):
        if find_spec(peer):
            found[f"peer: {peer}"] = [sys.executable, str(HERE / f"peers_{peer}.py"), utf8, phrases]
    return found


def run(command: list[str], log: Path) -> tuple[float, float, float]:
    """Seconds, seconds of CPU (of the whole process), and peak megabytes."""
    began = time.perf_counter()
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"failed: {' '.join(command)}")
    if "stages.py" in command[1]:
        seconds = float(log.read_text())
    return (
        seconds,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2),
    )


def phrases(file: Path) -> dict[str, list[str]]:
    """The phrases that decide most often, so many of every type, in order of priority: what a peer searches."""
    import pyarrow.csv as pacsv  # heavy: here, and so in a process of its own (see main)

    from hotline_stats.taxonomy import classify, load

    taxonomy = load("wujiaochang")
    first = next(iter(pacsv.open_csv(file, parse_options=pacsv.ParseOptions(newlines_in_values=True))))
    found = classify(taxonomy, first["标题"], first["诉求内容"], evidence=True)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for evidence in found.evidence or ():
        for phrase, kind, *_ in evidence:
            counts[kind][phrase] += "…" not in phrase  # a pair is no phrase
    return {
        kind: [p for p, _ in counts[kind].most_common(PHRASES_OF_A_TYPE)]
        for kind in taxonomy.source.priority
        if counts[kind]
    }


def prepare(folder: Path, tickets: int) -> None:
    """The exports and phrases.json."""
    from generate import write

    folder.mkdir(parents=True, exist_ok=True)
    for name, encoding in (("utf8.csv", "utf-8"), ("gb18030.csv", "gb18030")):
        if not (folder / name).exists():
            write(folder / name, tickets, encoding)
    found = phrases(folder / "utf8.csv")
    (folder / "phrases.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def machine() -> dict[str, object]:
    libraries = {}
    for name in LIBRARIES:
        try:
            libraries[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        "load_average": os.getloadavg(),
        "libraries": libraries,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dir", type=Path, default=Path("out/bench"))
    parser.add_argument("--only", default="", help="a regular expression: of the names that are run")
    parser.add_argument("--prepare", action="store_true", help="make the files only")
    asked = parser.parse_args()
    folder: Path = asked.dir / str(asked.tickets)
    if asked.prepare:
        prepare(folder, asked.tickets)
        return
    # In a process of its own: a child's peak memory counts from what its parent had when it was started.
    subprocess.run([sys.executable, __file__, *sys.argv[1:], "--prepare"], check=True)
    runs: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for _ in range(asked.rounds):
        for name, command in commands(folder).items():
            if re.search(asked.only, name) or name == FLOOR:
                runs[name].append(run(command, folder / "run.log"))
    rows = {
        name: {
            "seconds": round(statistics.median(s for s, _, _ in all_), 2),
            "fastest": round(min(s for s, _, _ in all_), 2),
            "process_cpu": round(statistics.median(c for _, c, _ in all_), 2),
            "peak_mb": round(statistics.median(m for _, _, m in all_)),
        }
        for name, all_ in runs.items()
    }
    print(
        f"{asked.tickets:,} tickets, {(folder / 'utf8.csv').stat().st_size / 1e6:.0f} MB, {asked.rounds} rounds"
    )
    print(
        f"{'':26}{'median s':>10}{'fastest':>10}{'CPU s':>10}{'× DuckDB':>10}{'× stream':>10}{'peak MB':>10}"
    )
    for name, row in rows.items():
        floor = rows[FLOOR]["seconds"]
        peer = rows.get("peer: duckdb", {}).get("seconds")
        whole = peer and not name.startswith("stage")
        against = f"{row['seconds'] / peer:10.2f}" if whole else f"{'':10}"
        print(
            f"{name:26}{row['seconds']:10.2f}{row['fastest']:10.2f}{row['process_cpu']:10.2f}{against}{row['seconds'] / floor:10.2f}"
            f"{row['peak_mb']:10.0f}"
        )
    facts = {"tickets": asked.tickets, "rounds": asked.rounds, "machine": machine(), "runs": rows}
    (folder / "bench.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
