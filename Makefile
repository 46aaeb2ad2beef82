# The course in a few commands. Each finds out by itself what is already done.
#   make book       build the website into _build/html
#   make serve      look at it at http://localhost:8000
#   make test       run every test
#   make ledger     put every statement of the deck to its check
#   make plants     plant every error in lib, and see it refused
#   make proofs     print every derivative by hand, by SymPy and by numbers
#   make notebooks  execute the chapters and bring them into their normal form
#   make offline    pack the site as one zip for places without a network
#   make bench      measure lib beside its rivals, and renew the page on speed (ALL=1: the book, too)
#   make clean      remove everything that was made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := _build/bench-venv
PAGE := _build/html/chapters/index.html
SOURCES := $(shell find chapters lib _static _templates _ext -type f -not -path '*/.*' -not -name '*.pyc') _config.yml _toc.yml benchmarks/results.json

# Small arrays are faster on one thread, and two test processes share the cores.
export OPENBLAS_NUM_THREADS = 1
export OMP_NUM_THREADS = 1
export PYDEVD_DISABLE_FILE_VALIDATION = 1

.PHONY: book serve test ledger plants proofs notebooks offline bench clean

book: $(PAGE)
	@echo "The book stands: open _build/html/index.html, or run 'make serve'."

$(VENV)/installed: requirements.txt pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet -r requirements.txt
	touch $@

$(PAGE): $(VENV)/installed $(SOURCES)
	$(BIN)/jupyter-book build . --all -W --keep-going -n
	touch $@

serve: book
	$(BIN)/python -m http.server 8000 --bind 127.0.0.1 --directory _build/html

test: book
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pytest --nbval --nbval-current-env -n 2 --dist loadfile tests chapters

ledger: $(VENV)/installed
	$(BIN)/python tools/ledger.py

proofs: $(VENV)/installed
	$(BIN)/python -m tests.derivatives

plants: $(VENV)/installed
	$(BIN)/python -m tests.plants

notebooks: $(VENV)/installed
	$(BIN)/ruff format --quiet chapters
	$(BIN)/python tools/notebooks.py

offline: book
	$(BIN)/python tools/offline.py

$(BENCH)/installed: benchmarks/requirements.txt pyproject.toml
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/pip install --quiet -r benchmarks/requirements.txt
	touch $@

bench: book $(BENCH)/installed
	$(BENCH)/bin/python -m benchmarks
	$(BIN)/python tools/notebooks.py chapters/speed.ipynb
	$(if $(ALL),$(MAKE) book)
	$(BIN)/python -m benchmarks.book $(if $(ALL),--all)
	$(BIN)/python tools/notebooks.py chapters/speed.ipynb

clean:
	rm -rf _build $(VENV) *.egg-info .pytest_cache .ruff_cache .hypothesis
