# Two commands matter: `make demo` and `make test`. Both are complete on a machine that has
# Python 3.11-3.13 with its venv module, and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: demo test lint types architecture doctest real check worlds worlds-small lock pages screenshot clean

demo: $(VENV)/.ready
	$(BIN)/truceline demo --out demo

test: $(VENV)/.ready-dev
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest --ignore=tests/real -n auto --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready-dev
	$(BIN)/mypy

architecture: $(VENV)/.ready-dev
	$(BIN)/lint-imports

doctest: $(VENV)/.ready-dev
	$(BIN)/python -m pytest --doctest-modules src -p no:cacheprovider

real: $(VENV)/.ready-dev
	$(BIN)/python -m pytest tests/real

# The worlds with known truth: every named world by twenty seeds, resumable; the small sweep is CI's.
worlds: $(VENV)/.ready-dev
	$(BIN)/python tools/worlds.py --seeds 20 --days 4 --page docs/methods/calibration.md

worlds-small: $(VENV)/.ready-dev
	$(BIN)/python tools/worlds.py --seeds 2 --days 3

check: test lint types architecture doctest

# The locks hold names, versions and hashes, no addresses. `--universal` makes one lock for
# every Python and system we support.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra build pyproject.toml -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra dev pyproject.toml -o requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra bench pyproject.toml -o requirements/bench.txt

clean:
	rm -rf $(VENV) demo .worlds .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/.ready: requirements/run.txt pyproject.toml
	PYTHON="$(PYTHON)" sh tools/set_up.sh $(VENV) requirements/run.txt
	touch $@

$(VENV)/.ready-dev: requirements/dev.txt pyproject.toml
	PYTHON="$(PYTHON)" sh tools/set_up.sh $(VENV) requirements/dev.txt
	touch $@ $(VENV)/.ready

# The peers of the benchmarks, on top of everything else.
$(VENV)/.ready-bench: requirements/bench.txt pyproject.toml
	PYTHON="$(PYTHON)" sh tools/set_up.sh $(VENV) requirements/bench.txt
	touch $@ $(VENV)/.ready-dev $(VENV)/.ready

pages: $(VENV)/.ready-dev
	$(BIN)/python tools/pages.py

# The README's picture: the demo's own first page, by Debian's chromium.
screenshot: demo
	sh tools/screenshot.sh demo/bulletins/2031-09-05/bulletin.html docs/bulletin.png
