# Commands of the project; tools/setup.sh does the set-up that each of them needs.
# Settings come from the environment or from here: make run PORT=9000. Another Python than the first that is new enough:
# make test PYTHON=python3.13 (makes .venv anew where it is of another version).

SHELL = /bin/sh
PYTHON_OF_VENV = .venv/bin/python
PIN = $(PYTHON_OF_VENV) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--custom-compile-command 'make lock' --no-emit-package brotlicffi --no-emit-package cffi \
	--no-emit-package pycparser --no-emit-package colorama

# Two cores halve the time; whoever wants one process gives ARGS='-n 0'.
SIDE_BY_SIDE = -n auto --maxprocesses=4 --dist worksteal

define CHECKS
$(PYTHON_OF_VENV) -m ruff check --quiet .
$(PYTHON_OF_VENV) -m ruff format --check --quiet .
$(PYTHON_OF_VENV) -m mypy
$(PYTHON_OF_VENV) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo
endef

.PHONY: help run data test audit bench soak shots image lint lock clean

help:
	@echo "make run    set up and serve on http://127.0.0.1:8050 (HOST, PORT and WEB_CONCURRENCY override)"
	@echo "make data   fetch the tables of StatLine into IMPACTMONITOR_DATA (ARGS='--dry-run' only looks)"
	@echo "make test   set up and run every check and test (ARGS goes to pytest: make test ARGS='-k settings')"
	@echo "make audit  the long checks, LibreOffice among them; what they found goes to docs/audit.md (ARGS as with test)"
	@echo "make bench  measure a visit, the start and memory beside a plain Dash app; to docs/bench.md (SECTIONS='start' for one)"
	@echo "make soak   two hundred visitors for 30 minutes (MINUTES=2 for less), then how many it can take; to docs/bench.md"
	@echo "make image  as root: the steps of the Dockerfile in a clean Debian (debootstrap), what it weighs, and whether it starts"
	@echo "make shots  a picture of every page at 375, 768 and 1440 px, light and dark, in .shots"
	@echo "make lint   only the checks that read the code"
	@echo "make lock   update: pin the newest allowed versions in requirements*.txt and package-lock.json, then make test"
	@echo "make clean  remove everything that these commands made"

run:
	@sh tools/setup.sh run
	@exec $(PYTHON_OF_VENV) start.py

data:
	@sh tools/setup.sh run
	@$(PYTHON_OF_VENV) -m data refresh $(ARGS)

test:
	@sh tools/setup.sh test
	$(CHECKS)
	$(PYTHON_OF_VENV) -m pytest $(SIDE_BY_SIDE) $(ARGS)

audit:
	@sh tools/setup.sh audit
	$(PYTHON_OF_VENV) -m pytest -m audit tests/audit $(ARGS)

bench:
	@sh tools/setup.sh test
	$(PYTHON_OF_VENV) -m tools.bench $(SECTIONS)

soak:
	@sh tools/setup.sh test
	MINUTES=$(MINUTES) $(PYTHON_OF_VENV) -m tools.bench $(or $(SECTIONS),belasting groei)

image:
	@sh tools/setup.sh image
	$(PYTHON_OF_VENV) tools/clean_root.py

shots:
	@sh tools/setup.sh test
	$(PYTHON_OF_VENV) -m tools.shots

lint:
	@sh tools/setup.sh lint
	$(CHECKS)

lock:
	@sh tools/setup.sh test
	$(PYTHON_OF_VENV) -m pip install -qq --disable-pip-version-check uv
	$(PIN) requirements.in -o requirements.txt
	$(PIN) requirements-test.in -o requirements-test.txt
	@sh tools/setup.sh test
	npm install --silent --package-lock-only --save-exact plotly.js-basic-dist-min@$$($(PYTHON_OF_VENV) -c \
		'from plotly.offline import get_plotlyjs_version; print(get_plotlyjs_version())')
	@sh tools/setup.sh test
	$(PYTHON_OF_VENV) -m tools.licences
	$(MAKE) test

clean:
	rm -rf .venv node_modules .deel .audit .shots .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
