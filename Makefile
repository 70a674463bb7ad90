# The project's chores. `make` or `make help` lists them; each one does its own set-up and can be repeated.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PYTHON ?=
export PYTHON
BENCH ?=
ARGS ?=
WORKERS ?= 4

RUN := .venv/bin/python
say = @printf '▸ %s\n'

.PHONY: help
help: ## Say what can be made
	@printf '店小二终端 · make TARGET [ARGS="…"]\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@printf '\n  ARGS goes to the command behind the target: make test ARGS="tests/house -k leaks".\n'

.PHONY: setup
setup: ## Prepare this checkout: Debian packages, .venv, locked wheels (the others do it themselves)
	@tools/set_up.sh

.PHONY: demo
demo: setup ## Run the whole way: platform, devices, terminal, a scripted citizen (ARGS=--interactive: you are the citizen)
	$(say) 'Starting the demo; what it leaves is in build/demo/'
	@$(RUN) -m demo $(ARGS)

.PHONY: test
test: setup lint types contracts ## Check everything and run all tests (ARGS: what pytest should run, WORKERS=4)
	$(say) 'Running the tests'
	@$(RUN) -m pytest --numprocesses $(WORKERS) --dist worksteal $(ARGS)

.PHONY: fuzz
fuzz: setup ## Feed every parser of the drivers any bytes, a minute each (ARGS="--seconds 10 sdt_frames")
	@$(RUN) -m tests.fuzz $(ARGS)

.PHONY: bench
bench: setup ## Measure against peers and limits; JSON in build/bench/ (BENCH=name for one)
	@$(RUN) -m benchmarks $(BENCH) $(ARGS)

.PHONY: lint
lint: setup ## Check style and form (ruff, qmllint)
	$(say) 'Checking style and form'
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m screens.chores lint

.PHONY: types
types: setup ## Check the types (mypy --strict)
	$(say) 'Checking types'
	@$(RUN) -m mypy

.PHONY: contracts
contracts: setup ## Check who imports whom (import-linter)
	$(say) 'Checking who imports whom'
	@$(RUN) .venv/bin/lint-imports --no-logo --cache-dir build/cache/import-linter

.PHONY: format
format: setup ## Put the form right (ruff format, ruff check --fix)
	@$(RUN) -m ruff format .
	@$(RUN) -m ruff check --fix .

.PHONY: lock
lock: setup ## Write requirements/*.txt from pyproject.toml (ARGS=--upgrade for the newest)
	@tools/lock.sh $(ARGS)

.PHONY: words
words: setup ## Bring the screens' words up to date (*.ts, *.qm) and what QML knows of the view models
	@$(RUN) -m screens.chores types words

.PHONY: gallery
gallery: setup ## Draw every screen in every mode; pictures in build/gallery/
	@QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software $(RUN) -m screens.gallery --out build/gallery $(ARGS)

.PHONY: documents
documents: setup ## Write the generated documents: OpenAPI, the data dictionary
	@$(RUN) -m contract.documents $(ARGS)

.PHONY: voice-script
voice-script: setup ## Print what the terminal says, for whoever lends it a voice (ARGS="--recordings FOLDER" checks them)
	@$(RUN) -m drivers.speech.voice_script --words words $(ARGS)

.PHONY: clean
clean: ## Remove what was made here; .venv stays
	@rm -rf build dist *.egg-info
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
