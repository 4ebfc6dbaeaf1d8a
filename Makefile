# make demo, make run, make test: each sets up all it needs on first use.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := demo-package

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help demo run test fuzz lint words package locks clean

help:
	@echo "make demo     simulate the reference agency through a war and write its plan package to $(DEMO)/"
	@echo "make run      open the window"
	@echo "make test     run all tests"
	@echo "make fuzz     compare the engines on many generated models: make fuzz MODELS=5000 SEED=1"
	@echo "make lint     style, types and the directions between the rooms"
	@echo "make words    bring the word catalogues up to date with the code"
	@echo "make package  build the program folder dist/uthallig/"
	@echo "make clean    remove all that these commands made"

$(READY): requirements/dev.txt pyproject.toml packaging/system_libraries
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@PYTHON=$(PYTHON) packaging/system_libraries
	@echo "Setting up $(VENV) (the first time takes a few minutes)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --quiet --require-hashes --no-deps -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --quiet --no-deps --no-index --no-build-isolation --editable .
	@touch $@

demo: $(READY)
	@$(BIN)/uthallig demo --out $(DEMO)

run: $(READY)
	@$(BIN)/python main.py

# Every run has its own temporary folder, removed at the end whatever the outcome.
test: $(READY)
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
	  QT_QPA_PLATFORM=offscreen TMPDIR="$$scratch" $(BIN)/python -m pytest -n 2 --basetemp="$$scratch/pytest" $(ARGS)

MODELS ?= 5000
SEED ?= 1
fuzz: $(READY)
	@$(BIN)/python -m tests.engine.fuzz --models $(MODELS) --seed $(SEED)

lint: $(READY)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

words: $(READY)
	@$(BIN)/python packaging/words.py extract
	@$(BIN)/python packaging/words.py check

package: $(READY)
	@$(BIN)/pyinstaller --noconfirm --log-level ERROR --distpath dist --workpath build/pyinstaller packaging/uthallig.spec
	@echo "Built dist/uthallig/"

# Needs uv on the path. No addresses are written, only versions and hashes.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml
locks:
	@$(LOCK) --output-file requirements/run.txt
	@$(LOCK) --constraint requirements/run.txt --extra dev --output-file requirements/dev.txt
	@$(LOCK) --constraint requirements/dev.txt --extra team --output-file requirements/team.txt
	@$(LOCK) --constraint requirements/dev.txt --extra cluster --output-file requirements/cluster.txt

clean:
	@rm -rf $(VENV) build dist $(DEMO) $(DEMO).zip $(DEMO).uthallig $(DEMO).previous.uthallig uthallig.egg-info .ruff_cache .mypy_cache .import_linter_cache .hypothesis .coverage htmlcov
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
