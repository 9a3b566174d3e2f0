# One way to do each daily thing. `make` alone prints the list.

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input

# What stands between a bare machine and a running program, each with a file that tells when it
# was done. They live inside .venv, so a new .venv starts from nothing.
RUN := $(VENV)/run.stamp
PACKAGE := $(VENV)/package.stamp
FRONT_END := $(VENV)/front_end.stamp
WORDS := $(VENV)/words.stamp
WEB := $(PACKAGE) $(FRONT_END) $(WORDS)
DEV := $(VENV)/dev.stamp
BENCH := $(VENV)/bench.stamp

# `make test WORKERS=4`, or 0 for one process. One more than there are processors: a test waits at times.
WORKERS ?= $(shell python3 -c 'import os; print((os.cpu_count() or 1) + 1)')
# `make demo PORT=8080`.
PORT ?= 8000

.PHONY: help setup front-end demo test test-fast lint format types bench docs lock clean

help: ## print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|' 2>/dev/null \
	  || sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1: \2/p' Makefile

setup: $(WEB) ## make .venv with the program in it
	@echo "Ready: $(BIN)/maatwerkbank --help"

front-end: $(FRONT_END) ## fetch what the pages take from others

demo: $(WEB) ## open the web application with the public portfolio, until Ctrl-C
	@$(BIN)/maatwerkbank demo --port $(PORT)

test: $(WEB) $(DEV) ## run the whole test suite
	@sh requirements/say_missing.sh
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --maxfail 25

test-fast: $(WEB) $(DEV) ## run the tests that take about a minute, without a browser
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not slow"

lint: $(PACKAGE) $(DEV) ## check style, types and the floors of the house
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: $(DEV) ## put the code in the house style
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

types: $(PACKAGE) $(DEV) ## check the types only
	@$(BIN)/mypy

bench: $(PACKAGE) $(DEV) $(BENCH) ## run the benchmarks; results in build/bench.json
	@$(BIN)/python benchmarks/run.py

docs: $(PACKAGE) $(DEV) ## print the reference pages and build the documentation in build/site
	@if [ -f docs/reference/print_pages.py ]; then $(BIN)/python docs/reference/print_pages.py; fi
	@$(BIN)/mkdocs build --strict --quiet
	@echo "Documentation: build/site/index.html"

lock: $(DEV) ## pin the newest versions that pyproject.toml allows, with their hashes
	@sh requirements/lock.sh

clean: ## remove .venv, build and all caches
	@rm -rf $(VENV) build dist front_end/node_modules src/maatwerkbank/web/static/vendor .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find src tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# --- from a bare machine to a working .venv ---------------------------------------------------

$(VENV)/pyvenv.cfg:
	@sh requirements/make_venv.sh $(VENV)

$(RUN): requirements/run.lock $(VENV)/pyvenv.cfg
	@$(PIP_INSTALL) --require-hashes --no-deps --only-binary :all: -r requirements/run.lock
	@touch $@

# hatchling, which builds the package, comes from run.lock: nothing is fetched unpinned.
$(PACKAGE): pyproject.toml $(RUN)
	@$(PIP_INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

# The theme is among them: only those tokens are taken that it or our pages use.
$(FRONT_END): front_end/package-lock.json front_end/build.sh front_end/build.mjs requirements/node.lock \
		$(wildcard src/maatwerkbank/web/static/maatwerkbank/*.css) | $(RUN)
	@echo "Fetching what the pages need (first time: some seconds)"
	@sh front_end/build.sh $(VENV)
	@touch $@

# The program reads translations in another form than people edit them in.
$(WORDS): $(wildcard src/maatwerkbank/web/locale/nl/LC_MESSAGES/django.po) \
		$(wildcard src/maatwerkbank/web/*/locale/nl/LC_MESSAGES/django.po) | $(PACKAGE)
	@$(BIN)/python -m maatwerkbank.web.translations build
	@touch $@

$(DEV): requirements/dev.lock $(RUN)
	@echo "Adding what tests and checks need (first time: a minute)"
	@$(PIP_INSTALL) --require-hashes --no-deps --only-binary :all: -r requirements/dev.lock
	@touch $@

$(BENCH): requirements/bench.lock $(RUN)
	@echo "Adding the peers that the benchmarks compare with (first time: a minute)"
	@$(PIP_INSTALL) --require-hashes --no-deps --only-binary :all: -r requirements/bench.lock
	@touch $@
