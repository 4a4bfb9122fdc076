# Everything sets itself up: a virtual environment, the packages, and for the tests Debian's packages.
SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
PORT ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test bench lint types docs messages screenshots clean
.DEFAULT_GOAL := help

help: ## say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 18

demo: $(VENV)/run.stamp ## load the demonstration and serve it on 127.0.0.1
	$(VENV)/bin/suivi demo $(if $(PORT),--port $(PORT))

test: $(VENV)/dev.stamp ## lint, then the whole suite: SQLite, browser, PostgreSQL
	$(PY) -m tools.machine
	$(MAKE) --no-print-directory lint
	$(PY) -m tests.suite

lint: $(VENV)/dev.stamp ## style, types and the direction of imports
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

bench: $(VENV)/dev.stamp ## measure, and write docs/explanation/performance.md
	$(VENV)/bin/pip install -q -c constraints.txt -e '.[dev,bench]'
	$(VENV)/bin/pip install -q --upgrade --target $(VENV)/peers 'iatikit==3.6.*' # aside: it brings a package “tests”
	$(PY) -m bench

docs: $(VENV)/dev.stamp ## write the generated pages of docs/reference
	$(PY) -m tools.reference

messages: $(VENV)/dev.stamp ## collect sentences for the translators and compile the catalogues
	$(PY) -m tools.messages

screenshots: $(VENV)/dev.stamp ## take the pictures in docs/screenshots again
	SUIVI_SCREENSHOTS=1 $(PY) -m pytest -n 2 -m browser

clean: ## remove what was made, but not the data in var
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# What an installation needs; then what developers need beside.
$(VENV)/run.stamp: pyproject.toml constraints.txt | $(PY)
	@echo "Installing suivi in $(VENV); this takes about half a minute."
	$(VENV)/bin/pip install -q -c constraints.txt -e .
	touch $@

$(VENV)/dev.stamp: pyproject.toml constraints.txt | $(PY)
	@echo "Installing suivi and what its tests want in $(VENV); this takes about a minute."
	$(VENV)/bin/pip install -q -c constraints.txt -e '.[dev]'
	touch $@ $(VENV)/run.stamp

$(PY):
	tools/make-venv $(VENV)
