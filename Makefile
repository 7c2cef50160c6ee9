# Two commands for a fresh machine with Python 3.11 or newer:
#   make demo    installs into .venv and shows what the sample newsroom has on record
#   make test    installs what development needs too, and runs every check
# Another Python: make demo PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Wheels alone, each checked against the lock, and nothing that the lock does not name. Python compiles what it uses, as it uses it:
# byte-code for everything would take 25 MB more, and none at all would double the time that a command takes to start.
INSTALL := $(BIN)/python -m pip install --quiet --no-compile --only-binary :all: --no-deps --require-hashes
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test lint check docs lock clean

help:
	@sed -n 's/^#   //p' Makefile

demo: $(VENV)/.installed
	@$(BIN)/onrecord demo

test: lint check

lint: $(VENV)/.developing
	$(BIN)/ruff check --output-format concise .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo

check: $(VENV)/.developing
	$(BIN)/pytest

# Runs the commands that the pages show, and writes what they print into the pages.
docs: $(VENV)/.developing
	$(BIN)/python -m docs.generate

# Writes requirements/ anew from pyproject.toml; needs uv (pip install uv).
UV ?= uv
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --no-build --generate-hashes --custom-compile-command "make lock"
lock:
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) --group pyproject.toml:build -c requirements/run.txt -o requirements/build.txt
	$(COMPILE) --group pyproject.toml:dev -c requirements/run.txt -c requirements/build.txt -o requirements/dev.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache

# A venv that was cut off half-made is made again from nothing. pip itself comes first: older ones install some wheels wrongly.
$(VENV)/.made: requirements/build.txt
	@command -v $(PYTHON) >/dev/null || { echo "On Record needs Python 3.11 or newer, and there is no $(PYTHON) here: on Debian, install the packages python3 and python3-venv." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "On Record needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1). Name a newer one, as in: make demo PYTHON=python3.12 (on Debian 12 or newer, the packages python3 and python3-venv bring one)." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make a virtual environment: on Debian, install the package python3-venv (apt install python3-venv), then run the same command again." >&2; exit 1; }
	@echo "Installing On Record into $(VENV) (about 200 MB, once) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(INSTALL) -r requirements/build.txt
	@$(BIN)/python -m pip uninstall --quiet --quiet --yes setuptools
	@touch $@

$(VENV)/.locked: $(VENV)/.made requirements/run.txt
	@$(INSTALL) -r requirements/run.txt
	@touch $@

# What builds the package is in the venv already, so that this asks for nothing from outside.
$(VENV)/.installed: $(VENV)/.locked pyproject.toml src/onrecord/__init__.py
	@$(BIN)/python -m pip install --quiet --no-compile --no-deps --no-build-isolation --no-index --editable .
	@$(BIN)/python -c 'import certifi, charset_normalizer, click, defusedxml, feedparser, jinja2, lemminflect, msgspec, numpy, onnxruntime, protego, py3langid, tld, trafilatura, urllib3, warcio'
	@touch $@

$(VENV)/.developing: $(VENV)/.installed requirements/dev.txt
	@echo "Installing what development needs ..."
	@$(INSTALL) -r requirements/dev.txt
	@touch $@
