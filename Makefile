# `make report` and `make test` set up what they need in .venv; nothing is installed elsewhere.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: report test lint samples model clean

report: $(VENV)/.run
	$(BIN)/hotline-stats report data/samples/exports --out out/report

# Tests that stand together go to one process, so that what a module makes is made once and nobody waits for it.
test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

samples: $(VENV)/.run
	$(BIN)/hotline-stats sample data/samples

model: $(VENV)/.dev
	$(BIN)/hotline-stats types learn data/corpus/tickets.tsv -o src/hotline_stats/resources/models/wujiaochang.npz

$(VENV)/.run: pyproject.toml
	@$(PYTHON) -m venv $(VENV) || { echo "A virtual environment is needed: apt install python3-venv" >&2; exit 1; }
	$(INSTALL) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(INSTALL) --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) out

# Speed and memory at TICKETS tickets, with DuckDB and Polars as peers; bench.json holds the figures.
TICKETS ?= 1000000

.PHONY: bench
bench: $(VENV)/.dev
	$(INSTALL) duckdb polars
	$(BIN)/python benchmarks/bench.py --tickets $(TICKETS) --dir out/bench
