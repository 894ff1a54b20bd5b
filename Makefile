# The contributors' door. `make help` lists what it can do; users need only start.py.
.DEFAULT_GOAL := help
PY := .venv/bin/python

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## / — /'

check:  ## style, types and directions between rooms (seconds)
	.venv/bin/ruff check src tests examples benchmarks start.py
	.venv/bin/ruff format --check src tests examples benchmarks start.py
	.venv/bin/lint-imports
	.venv/bin/mypy

format:  ## put style right where a tool can
	.venv/bin/ruff check --fix src tests examples benchmarks start.py
	.venv/bin/ruff format src tests examples benchmarks start.py

test:  ## every test that a submit runs
	python3 start.py test

test-slow:  ## the tests that take longer than a submit should wait
	python3 start.py test -m slow
	$(PY) tests/postgres.py -m slow tests/apps
	$(PY) tests/postgres.py -n 2 --dist loadscope -m "not slow" tests/web

bench:  ## the speeds that the documents quote, measured again
	$(PY) -m benchmarks
	$(PY) -m benchmarks.time
	$(PY) -m benchmarks.trust H8
	$(PY) -m benchmarks.lint
	$(PY) -m benchmarks.since
	$(PY) -m benchmarks.readings
	$(PY) -m benchmarks.forecasts
	$(PY) -m benchmarks.spc
	$(PY) -m benchmarks.pages

trust:  ## every attack on the history, and what of it is found (minutes)
	$(PY) -m benchmarks.trust

examples:  ## render the example body's files anew from its data
	$(PY) examples/make.py

lock:  ## pin every dependency with its hash (needs uv)
	uv pip compile pyproject.toml --universal --generate-hashes --no-annotate --no-header --python-version 3.11 -o requirements/run.txt
	uv pip compile pyproject.toml --group test --universal --generate-hashes --no-annotate --no-header --python-version 3.11 -o requirements/test.txt

screenshots:  ## take the pictures that the documents show
	WATCHKEEP_SCREENSHOTS=1 $(PY) -m pytest -m journey tests/journeys

.PHONY: help check format test test-slow bench trust examples lock screenshots
