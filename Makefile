# The two commands of the README are `make site` and `make test`; everything else is for developers.
# uv is used where it is there (seconds); otherwise python3 and pip, from the same locks, with hashes.

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null)
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1
# Numbers must not depend on the order of a set.
export PYTHONHASHSEED := 0

.PHONY: site serve test check goldens lock fonts clean check-deep bench offline

site: .venv/site.stamp
	@rm -rf site.new
	$(BIN)/mkdocs build --strict --site-dir site.new
	@rm -rf site && mv site.new site
	@echo "The site is in site/; open it with: make serve"

# The site without a server: unpack, open index.html.
offline: .venv/site.stamp
	@rm -rf site.new
	CONVBOOK_OFFLINE=true $(BIN)/mkdocs build --strict --site-dir site.new
	$(BIN)/python -m generator.site.offline site.new convbook-site.zip
	@rm -rf site.new
	@echo "The site is in convbook-site.zip; unpack it and open convbook-site/index.html"

serve: .venv/site.stamp
	$(BIN)/mkdocs serve

test: .venv/test.stamp
	@sh tests/browser.sh
	$(BIN)/python -m pytest -n 2 --dist loadfile

# Slow proofs, for before a release; those with torch in an environment of their own.
check-deep: .venv/test.stamp .venv-torch/stamp
	CONVBOOK_DEEP=1 $(BIN)/python -m pytest -n 2 --dist loadfile
	.venv-torch/bin/python -m pytest -n 2 tests/with_torch

# Side by side with what people would use instead; writes docs/project/speed.md.
bench: .venv-torch/stamp
	PYTHONPATH=tests .venv-torch/bin/python -m bench

check: .venv/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

goldens: .venv/test.stamp
	CONVBOOK_GOLDENS=1 $(BIN)/python -m pytest -n 2 tests/test_goldens.py tests/exercises
	@git diff --stat -- tests

# --- environments -----------------------------------------------------------------------------

.venv/site.stamp: pyproject.toml uv.lock requirements.lock
ifdef UV
	uv sync --quiet --frozen --inexact --extra site --extra sheets
else
	test -d .venv || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps -e .
endif
	@touch $@

.venv/test.stamp: pyproject.toml uv.lock requirements-test.lock
ifdef UV
	uv sync --quiet --frozen --inexact --extra site --extra sheets --group test --group check
else
	test -d .venv || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-test.lock
	$(BIN)/python -m pip install --quiet --no-deps -e .
endif
	@touch $@ .venv/site.stamp

# torch brings gigabytes: it is no part of the locks, and only check-deep and bench fetch it.
.venv-torch/stamp: pyproject.toml requirements-test.lock tests/with_torch/requirements.txt tests/bench/requirements.txt
	test -d .venv-torch || $(PYTHON) -m venv .venv-torch
	.venv-torch/bin/python -m pip install --quiet --require-hashes -r requirements-test.lock
	.venv-torch/bin/python -m pip install --quiet -r tests/with_torch/requirements.txt -r tests/bench/requirements.txt
	.venv-torch/bin/python -m pip install --quiet --no-deps -e .
	@touch $@

# The locks are made anew from pyproject.toml; needs uv.
lock:
	uv lock
	uv export --quiet --frozen --no-emit-project --extra site --extra sheets -o requirements.lock
	uv export --quiet --frozen --no-emit-project --extra site --extra sheets --group test --group check -o requirements-test.lock

# The fonts and the table of glyphs, made anew from the full fonts:
# make fonts INTER=folder MONO=folder MATHS=file
fonts:
	uv run --group fonts python -m generator.scene.fonts.make --inter $(INTER) --mono $(MONO) --math $(MATHS)

clean:
	rm -rf .venv .venv-torch site site.new convbook-site.zip out .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
