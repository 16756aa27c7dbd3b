# `make run` opens the program; `make test` checks everything that CI checks.
# Needs Python 3.11 or later and make. Everything is installed into .venv, nothing anywhere else.

PYTHON ?= python3
OPTIONS ?=

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

# The rules of the field stay tested line by line; `make test COVERAGE= OPTIONS=…` runs a part.
COVERAGE ?= --cov=briefing.core --cov=briefing.analysis --cov-report=term:skip-covered \
	--cov-fail-under=100

# Stamps: what they depend on has not changed since they were made.
INSTALLED := .venv/installed
TOOLS := .venv/tools
DATABASE := build/knowledge.db

# What the bundled database is made from, and by.
KNOWLEDGE := $(wildcard data/* data/*/* data/*/*/*) \
	$(wildcard briefing/core/*.py briefing/store/*.py briefing/feeds/*.py) \
	briefing/services/build_database.py

export PIP_DISABLE_PIP_VERSION_CHECK := 1
OFFSCREEN := QT_QPA_PLATFORM=offscreen

.DELETE_ON_ERROR:
.PHONY: run setup test format bench package screens lock clean

run: $(DATABASE)
	$(BIN)/briefing

setup: $(INSTALLED)

test: $(TOOLS) $(DATABASE)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(OFFSCREEN) $(BIN)/pytest tests/unit $(COVERAGE) $(OPTIONS)
	$(OFFSCREEN) $(BIN)/pytest tests/ui tests/e2e $(OPTIONS)

format: $(TOOLS)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(TOOLS) $(DATABASE)
	$(OFFSCREEN) $(BIN)/pytest tests/benchmarks -s $(OPTIONS)

package: $(TOOLS) $(DATABASE)
	$(BIN)/pyinstaller build.spec --noconfirm --log-level ERROR --workpath build/pyinstaller
	$(BIN)/python tests/e2e/smoke.py dist/threat-briefing

screens: $(DATABASE)
	$(OFFSCREEN) $(BIN)/briefing screens build/screens

# Pin again what pyproject.toml asks for; `make lock OPTIONS=--upgrade` takes newer releases.
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock: $(INSTALLED)
	$(BIN)/python -m pip install -qq --group lock
	$(LOCK) $(OPTIONS) --group build --output-file requirements.lock
	$(LOCK) $(OPTIONS) --group build --group package --group test --group lint \
		--constraint requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks .coverage
	find briefing tests -name __pycache__ -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(None if sys.version_info >= (3, 11) else 'Threat Briefing \
	needs Python 3.11 or later; name one, for example: make run PYTHON=python3.12')"
	$(PYTHON) -m venv .venv
	@echo "Installing what the program needs into .venv (once; about 430 MB on disk)"
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(TOOLS): $(INSTALLED) requirements-dev.lock
	@echo "Installing what the checks need into .venv (once)"
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements-dev.lock
	@touch $@

$(DATABASE): $(INSTALLED) $(KNOWLEDGE)
	$(BIN)/briefing database build
