PYTHON ?= python

.PHONY: check format lint types tests fix

check: format lint types tests

format:
	$(PYTHON) -m ruff format --check .

lint:
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy

tests:
	$(PYTHON) -m pytest

fix:
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .
