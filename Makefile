# Everything here works on a fresh clone: each target first does the set-up that it needs.
# The tools: Python 3.11 or later, and make. PYTHON=/path/to/python chooses which Python.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
unexport PYTHONDONTWRITEBYTECODE # the tests start the program some hundred times; compiling it is a third of that

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input
CANDIDATES := python3 python3.11 python3.12 python3.13
ARGS ?=

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup: .venv/.installed ## Make .venv with everything in it (leaves .venv/bin/greenroom)

demo: setup ## Show the whole product at work on this machine, in about two minutes
	@$(BIN)/greenroom demo $(ARGS)

test: setup ## Run all tests, two at a time (ARGS="-k name" runs some, ARGS="-n 0" one after the other)
	@$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder $(ARGS)

check: setup ## Check style, formatting, types, import rules, and the links in the docs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m pytest --quiet tests/unit/docs/test_links.py

format: setup ## Format the code and sort its imports
	@$(BIN)/ruff check --quiet --select I --fix .
	@$(BIN)/ruff format .

lock: ## Choose the newest fitting version of every package again (needs the program uv)
	@command -v uv > /dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras --generate-hashes \
		--no-emit-index-url pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --extra image --generate-hashes \
		--constraints requirements.lock --no-emit-index-url pyproject.toml -o requirements-runtime.lock

clean: ## Remove .venv and the tools' caches (never .greenroom, which holds your runs)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help setup demo test check format lock clean

.venv/.installed: .venv/.requirements pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.requirements: requirements.lock
	@$(MAKE) .venv/bin/python
	@echo "Installing the locked packages into .venv (one to three minutes) ..."
	@$(PIP) install --no-deps --require-hashes --requirement requirements.lock # it names every package there is to install
	@$(PIP) check
	@touch $@

.venv/bin/python:
	@for python in $(or $(PYTHON),$(CANDIDATES)); do \
		if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then \
			exec "$$python" -m venv .venv; \
		fi; \
	done; \
	echo "Greenroom needs Python 3.11 or later with its venv module; $(or $(PYTHON),$(CANDIDATES)): none is." >&2; \
	echo "Install one (Debian: apt-get install python3-venv) or name it: make setup PYTHON=/path/to/python3" >&2; \
	exit 1
