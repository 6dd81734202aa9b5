# make demo and make test need Python 3.11 or newer and the network for pip; they set up all else themselves.
# Another interpreter: make demo PYTHON=/usr/bin/python3.12

PYTHONS := python3 python3.13 python3.12 python3.11
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in $(PYTHONS); do $$p -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$p && break; done)

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --root-user-action=ignore
SPACY := $(BIN)/python -m spacy
SHARED := ../shared
WORK := training/work
# One thread each: the same sums in the same order, and the other core is free.
TRAIN := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(SPACY)
PATHS := --code training/riwayat_code.py --paths.vectors $(WORK)/vectors --paths.train $(WORK)/train.spacy --paths.dev $(WORK)/dev.spacy

.PHONY: help demo test check docs model gate clean
.DEFAULT_GOAL := help

help:
	@echo 'make demo    build the graph of samples/ and ask it the standing questions'
	@echo 'make test    run the tests'
	@echo 'make check   ruff and mypy'
	@echo 'make docs    write docs/ontology.html from ontology/'
	@echo 'make gate    hold the scores on $(SHARED)/gold at or above .ci/floors.toml'
	@echo 'make model   train the Indonesian model from $(SHARED)/data (about an hour)'
	@echo 'make clean   remove .venv, graph-demo and caches'

demo: $(VENV)/.installed
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh scripts/demo.sh

# Files of tests go to two processes in the order in which they stand: the heavy folders come first, so both end together.
test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/.installed-dev
	$(BIN)/python scripts/ontology_docs.py

gate: $(VENV)/.installed-dev
	$(BIN)/python .ci/gate.py --shared $(SHARED)

model: $(VENV)/.installed-training
	$(BIN)/python training/vectors.py $(SHARED)
	$(SPACY) init vectors id $(WORK)/vectors.floret $(WORK)/vectors --mode floret
	$(BIN)/python training/words.py
	$(BIN)/python training/corpora.py $(SHARED)
	$(TRAIN) pretrain training/model.cfg $(WORK)/pretrained --paths.raw $(WORK)/raw.jsonl $(PATHS)
	$(TRAIN) train training/model.cfg --output $(WORK)/model --paths.init $(WORK)/pretrained/model1.bin $(PATHS)
	$(BIN)/python training/assemble.py $(SHARED) $(WORK)/model/model-last

clean:
	rm -rf $(VENV) graph-demo dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# One stamp a set of packages: made again when pyproject.toml changes.

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(PIP) -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(PIP) -e '.[dev]'
	@$(PIP) -e '.[ftm]' || echo 'make: followthemoney was not installed (on Debian and Ubuntu: apt install libicu-dev pkg-config g++); its tests are skipped' >&2
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-training: pyproject.toml | $(BIN)/python
	$(PIP) -e '.[dev,training]'
	@touch $@ $(VENV)/.installed-dev $(VENV)/.installed

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo 'make: no Python 3.11 or newer found (tried $(PYTHONS)); name one: make demo PYTHON=...' >&2; exit 1; }
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { echo 'make: $(PYTHON) is older than Python 3.11; name another: make demo PYTHON=...' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo 'make: venv failed; on Debian and Ubuntu: apt install python3-venv' >&2; exit 1; }
