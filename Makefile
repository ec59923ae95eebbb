# The commands of the project. README.md and CONTRIBUTING.md explain them.
PORT ?= 8000
CAREERGUIDE_DATA ?= var
export PORT CAREERGUIDE_DATA

SHELL := /bin/sh
BIN := .venv/bin
PYTHONS := python3.14 python3.13 python3.12 python3 python

.PHONY: run install test test-all check bench lock clean
.DEFAULT_GOAL := run

run: install
	@$(BIN)/python manage.py prepare --port "$$PORT"
	@exec $(BIN)/python -m careerguide

# Servers that may not write here would compile all code at every start.
install: .venv/ready
	@$(BIN)/python -m compileall -q careerguide guides
	@manifest="$${CAREERGUIDE_STATIC:-$${CAREERGUIDE_DATA:-var}/static}/staticfiles.json"; \
	if [ ! -e "$$manifest" ] || [ -n "$$(find static .venv/ready -newer "$$manifest" | head -n 1)" ]; then \
		echo 'Collecting and compressing static files …'; \
		$(BIN)/python manage.py collectstatic --no-input --verbosity 0; \
	fi

test: .venv/ready-dev
	@$(BIN)/python -W ignore -m tests $(ARGS)

# Everything that is slow by nature, too: all tests on PostgreSQL, 300 kills per action, restores and first starts that
# are killed at several points, and 40 times as many random inputs, which differ in each run.
test-all: .venv/ready-dev
	@FAULT_ROUNDS=300 $(BIN)/python -W ignore -m tests all $(ARGS)

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	CAREERGUIDE_ADDRESS=https://careerguide.example $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: .venv/ready-dev
	@$(BIN)/python -W ignore -m bench $(ARGS)

# Pins every package with its hashes, for every platform and Python that the project runs on.
lock: .venv/ready-dev
	$(BIN)/uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-header --no-annotate \
		-o requirements.txt pyproject.toml
	$(BIN)/uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-header --no-annotate \
		-c requirements.txt --group dev -o requirements-dev.txt pyproject.toml

clean:
	rm -rf .venv

# A stamp is written last, so that an installation that was cut off is done again.
.venv/ready: requirements.txt
	@$(MAKE) --no-print-directory --silent .venv/python
	@echo 'Installing Careerguide …'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@touch $@

.venv/ready-dev: requirements.txt requirements-dev.txt
	@$(MAKE) --no-print-directory --silent .venv/python
	@echo 'Installing Careerguide with its tests …'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch .venv/ready $@

.venv/python:
	@for python in $(PYTHONS); do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo 'Careerguide needs Python 3.12 or newer, and none of $(PYTHONS) is one.' >&2; \
		echo 'Install it (Debian, Ubuntu: apt install python3 python3-venv; others: python.org), then run make again.' >&2; \
		exit 1; \
	fi; \
	$$found -m venv --clear .venv || { \
		echo "$$found cannot make a virtual environment. Debian and Ubuntu: apt install python3-venv." >&2; exit 1; }
	@touch $@
