# make run    build the environment and open the program on your own cases
# make test   install what the tests need and run them
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
POA := $(BIN)/poa-tracker

.PHONY: run demo test check corpus catalogue learn bench screens clean help

help:
	@echo "make run     open the program on your own cases"
	@echo "make demo    open it on twelve invented cases"
	@echo "make test    run the tests"
	@echo "make check   style, types and import contracts"
	@echo "make corpus  figures of the checks and of response reading"
	@echo "make catalogue  take over changes of the catalogue"
	@echo "make learn   learn the weights of the checks anew (large downloads, half an hour)"
	@echo "make bench   times of start-up, checks and comparison"
	@echo "make screens the pictures of the README, from the demo cases"
	@echo "make clean   remove what was built"

.DEFAULT_GOAL := help

run: $(VENV)/installed
	@$(POA)

demo: $(VENV)/installed
	@$(POA) demo

test: $(VENV)/test-tools
	$(BIN)/python -m pytest -n auto

check: $(VENV)/check-tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

corpus: $(VENV)/test-tools
	cd tests && for figures in coverage reuse responses letters; do \
		../$(BIN)/python -m corpus_figures.$$figures || exit 1; done

catalogue: $(VENV)/installed
	cd tests && ../$(BIN)/python -m learning.catalogue

# In this order: the later ones build on the earlier.
learn: $(VENV)/learn-tools
	cd tests && for part in meaning catalogue outcomes tagger verdict; do \
		../$(BIN)/python -m learning.$$part || exit 1; done

bench: $(VENV)/test-tools
	$(BIN)/python benchmarks/start_up.py
	$(BIN)/python benchmarks/checks.py

screens: $(VENV)/installed
	$(BIN)/python docs/screens.py

# The pip that comes with an older Python does not know dependency groups.
$(VENV)/pip:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@touch $@

$(VENV)/installed: $(VENV)/pip pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/test-tools: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test
	@touch $@

$(VENV)/check-tools: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group check
	@touch $@

$(VENV)/learn-tools: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group learn
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
