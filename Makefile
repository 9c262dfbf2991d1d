# `make demo` shows the program, `make test` proves it. A machine needs Python 3.11 or newer, git and make:
# each command builds its own .venv from pyproject.toml.

# The first Python that is new enough; name another with `make demo PYTHON=/path/to/python`.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := $(VENV)/.ready-dev
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test lint types contracts unit soak bench format clean

$(READY): pyproject.toml sync/__init__.py
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make demo PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	@touch $@

$(TOOLS): $(READY)
	$(PIP) --editable '.[dev]'
	@touch $@

demo: $(READY)
	@$(BIN)/roadmap-sync demo --out demo

test: lint types contracts unit

lint: $(TOOLS)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(TOOLS)
	$(BIN)/mypy

contracts: $(TOOLS)
	$(BIN)/lint-imports

unit: $(TOOLS)
	@rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest -m 'not soak'
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# The long campaigns; shorter ones with `make soak HYPOTHESIS_PROFILE=ci`.
soak: $(TOOLS)
	HYPOTHESIS_PROFILE=$(or $(HYPOTHESIS_PROFILE),soak) $(BIN)/python -m pytest -m soak

bench: $(TOOLS)
	$(BIN)/python -m benchmarks

format: $(TOOLS)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) demo .coverage .coverage.* .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
