# `make run` and `make test` need Python 3.11 or later and make, and install the rest into .venv, once.
PYTHON ?= python3
PORT ?= 8501
ADDRESS ?= 127.0.0.1
OPEN ?= 1
STORY ?=
SHORT ?=
TESTS ?=
WORKERS ?= auto
SECONDS ?= 600
SEED ?=
CHROMIUM ?=

STAMP = .venv/.installed
VENV_PYTHON = .venv/bin/python

.PHONY: help run setup test lint format bench fuzz eval lock clean
.DEFAULT_GOAL := help

help:
	@echo 'make run     serve the page      PORT=8501  OPEN=0 for no browser  STORY=path of your own'
	@echo 'make test    run every test      TESTS="-k name"  CHROMIUM=/path/to/chromium'
	@echo 'make lint    ruff and mypy       make format mends the layout'
	@echo 'make bench   measure             SHORT=1 for a short run'
	@echo 'make eval    measure how well news is read'
	@echo 'make fuzz    read damaged and hostile files  SECONDS=600  SEED=N for the same ones again'
	@echo 'make setup   only install what is missing'
	@echo 'make lock    choose the versions anew from pyproject.toml'
	@echo 'make clean   remove what was installed and built'

run: $(STAMP)
	@DATELINE_STORY='$(STORY)' $(VENV_PYTHON) -m streamlit run dashboard.py \
		--server.port $(PORT) --server.address $(ADDRESS) \
		--server.headless $$(case '$(OPEN)' in 0|no|false) echo true;; *) echo false;; esac)

setup: $(STAMP)

test: $(STAMP)
	@browser=$$(CHROMIUM='$(CHROMIUM)' $(VENV_PYTHON) -m tools.browser) && \
		DATELINE_BROWSER="$$browser" $(VENV_PYTHON) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(TESTS)

lint: $(STAMP)
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m ruff format --check .
	$(VENV_PYTHON) -m mypy

format: $(STAMP)
	$(VENV_PYTHON) -m ruff check --fix-only --quiet .
	$(VENV_PYTHON) -m ruff format .

bench: $(STAMP)
	@browser=$$(CHROMIUM='$(CHROMIUM)' $(VENV_PYTHON) -m tools.browser) && export DATELINE_BROWSER="$$browser" && \
		$(VENV_PYTHON) -m benchmarks $(if $(SHORT),--short)

fuzz: $(STAMP)
	@$(VENV_PYTHON) -m tools.fuzz --seconds $(SECONDS) $(if $(SEED),--seed $(SEED))

eval: $(STAMP)
	@$(VENV_PYTHON) -m tools.evaluate

lock: $(STAMP)
	$(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check uv
	$(VENV_PYTHON) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --extra dev --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements.lock
	@for python in $(PYTHON) python3.13 python3.12 python3.11; do \
		"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		"$$python" tools/setup.py || exit; \
		$(VENV_PYTHON) -m geo index || echo 'dateline: the page will build the index of the gazetteer' >&2; \
		exit 0; \
	done; \
	echo 'dateline: no Python 3.11 or later with venv and pip was found (tried: $(PYTHON) python3.13 python3.12' \
		'python3.11). Install one (on Debian: python3 python3-venv), or name it: make PYTHON=/path/to/python3' >&2; \
	exit 1
