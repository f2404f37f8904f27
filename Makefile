# Pandu ZI. `make` lists the targets. Needs python3 (3.11 or newer) and make; everything else goes into .venv.

PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
UV     := $(VENV)/bin/uv
READY  := $(VENV)/.ready-run
READY_DEV := $(VENV)/.ready-dev

# An interrupted or stale .venv (its python removed by a system upgrade, say) is built again.
BROKEN := $(shell test ! -d $(VENV) || $(PY) -c '' 2>/dev/null || echo yes)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test coverage check soak bench sbom lock clean FORCE

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## prepare .venv; afterwards .venv/bin/pandu-zi is the command line
	@echo "Ready: make run, or .venv/bin/pandu-zi --help"

run: $(READY) ## start: the demo, or real Telegram when TELEGRAM_BOT_TOKEN is set here or in .env
	@$(PY) -m compileall -q bot flows knowledge || true  # a start reads bytecode instead of making it
	@exec $(PY) -m bot auto

test: check ## everything: the checks, then all tests on SQLite, PostgreSQL and Chromium
	$(PY) -m pytest -n 2 --dist loadgroup --inline-snapshot=disable -m "not page"
	$(PY) -m pytest -m page

coverage: $(READY_DEV) ## the same tests with branch coverage and its floor: half as long again
	$(PY) -m pytest -n 2 --dist loadgroup --inline-snapshot=disable -m "not page" --cov --cov-report= --cov-fail-under=0
	$(PY) -m pytest -m page --cov --cov-append --cov-report= --cov-fail-under=0
	$(VENV)/bin/coverage report

check: $(READY_DEV) ## format, lint, types, import law, dependencies, spelling, known holes, locks
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/deptry .
	$(VENV)/bin/codespell $(wildcard bot flows knowledge tests docs *.md Makefile pyproject.toml .ci .env.example)
	@$(PY) -m tests.supply holes requirements.lock requirements-dev.lock
	@$(locks_fit)

soak: $(READY_DEV) ## hours: a year of 200 units told and checked, hundreds of random kills, monkeys
	CRASH_KILLS=210 MONKEY_STEPS=30000 SOAK_UNITS=200 SOAK_KILL_UNITS=20 SOAK_KILL_DAYS=30 $(PY) -m pytest -x -s tests/soak

bench: $(READY_DEV) ## measure: start-up, memory, cost of a tap, latency of an answer
	@exec $(PY) -m tests.bench

sbom: $(READY_DEV) ## list every part that runs: build/sbom.json (CycloneDX), and docs/KOMPONEN.md with the licences
	@$(registry); set -e; mkdir -p build; bare=$$(mktemp -d); trap 'rm -rf "$$bare"' EXIT; \
	$(PY) -m venv --without-pip "$$bare"; \
	$(UV) pip install -q --python "$$bare/bin/python" --require-hashes -r requirements.lock; \
	$(VENV)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible -o build/sbom.json "$$bare"; \
	$(PY) -m tests.supply licences build/sbom.json; echo "Written: build/sbom.json and docs/KOMPONEN.md"

lock: $(READY_DEV) ## write the locks again from pyproject.toml; UPGRADE=1 takes newer versions
	@$(registry); set -x; \
	$(COMPILE) $(if $(UPGRADE),--upgrade) --group bootstrap -o bootstrap.lock; \
	$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml -o requirements.lock; \
	$(COMPILE) $(if $(UPGRADE),--upgrade) --group dev -c requirements.lock -o requirements-dev.lock

clean: ## remove .venv, caches and build output; your data stays
	rm -rf $(VENV) build dist htmlcov .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find bot flows knowledge tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- how .venv comes about -------------------------------------------------------------------------------------------

$(VENV)/.ready-venv: $(if $(BROKEN),FORCE)
	@command -v $(PYTHON) >/dev/null || { echo "Pandu ZI needs Python 3.11 or newer, and there is no $(PYTHON) here."; \
	  echo "Install it (Debian, Ubuntu: apt install python3 python3-venv) or name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Pandu ZI needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1)."; \
	  echo "Name a newer one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make virtual environments: its ensurepip is missing."; \
	  echo "Install the package python3-venv (Debian, Ubuntu: apt install python3-venv) and try again."; exit 1; }
	@echo "Preparing $(VENV) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(link_project)
	@touch $@

$(READY): requirements.lock bootstrap.lock $(VENV)/.ready-venv
	@echo "Installing what Pandu ZI needs ..."
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes --only-binary :all: -r bootstrap.lock \
	  || echo "uv is not to be had for this machine; pip does the work, a little slower."
	@$(call install,-r requirements.lock)
	@touch $@

$(READY_DEV): requirements-dev.lock $(READY)
	@echo "Installing what the tests and checks need ..."
	@$(call install,-r requirements.lock -r requirements-dev.lock)
	@touch $@

FORCE:

# Hashes pin every file, so it does not matter which registry or which of the two installers brings it.
define install
$(registry); $(UV) pip install -q --compile-bytecode --python $(PY) --require-hashes $(1) \
  || { echo "uv could not install; trying pip."; \
       $(PY) -m pip install -qq --disable-pip-version-check --require-hashes $(1); }
endef

# Where pip is set up for a registry or certificates of its own and uv is not, uv is told the same for this one command.
pip_setting = $$($(PY) -m pip config list 2>/dev/null | awk -F"'" '/^(:env:|install|global)\.$(1)=/ { print $$2; exit }')
define registry
if [ -z "$$UV_DEFAULT_INDEX$$UV_INDEX_URL" ]; then \
  index="$(call pip_setting,index-url)"; if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$$index"; fi; fi; \
if [ -z "$$SSL_CERT_FILE" ]; then \
  cert="$(call pip_setting,cert)"; if [ -n "$$cert" ]; then export SSL_CERT_FILE="$$cert"; fi; fi; \
export UV_PYTHON_DOWNLOADS=never
endef

# The project itself is linked, not installed: an editable install would need a build back-end that no hash pins.
# Both paths are relative, so the folder can be moved.
define link_project
$(PY) -c 'import os, sysconfig; site = sysconfig.get_path("purelib"); \
open(os.path.join(site, "pandu-zi.pth"), "w").write(os.path.relpath(os.getcwd(), site) + "\n")' \
&& printf '%s\n' '#!/bin/sh' 'exec "$$(dirname "$$(readlink -f "$$0")")/python" -m bot "$$@"' > $(VENV)/bin/pandu-zi \
&& chmod +x $(VENV)/bin/pandu-zi
endef

# --- locks -----------------------------------------------------------------------------------------------------------

# One lock serves every system and every Python from 3.11 on; no registry's address is in it.
COMPILE := $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --custom-compile-command "make lock"

# The locks say what pyproject.toml asks for, and can be installed from ready-built packages on newer Pythons too.
define locks_fit
set -e; if grep -nE '://' *.lock; then echo "An address is in a lock: run make lock."; exit 1; fi; \
if [ ! -x $(UV) ]; then echo "No uv on this machine: the locks were not compared."; exit 0; fi; \
$(registry); new=$$(mktemp -d); trap 'rm -rf "$$new"' EXIT; cp requirements.lock requirements-dev.lock "$$new"; \
$(COMPILE) pyproject.toml -o "$$new/requirements.lock" >/dev/null 2>"$$new/said" || { cat "$$new/said"; \
  if [ -z "$$CI" ] && grep -qi 'failed to fetch' "$$new/said"; then \
    echo "The registry was not reached: the locks were not compared."; exit 0; fi; exit 1; }; \
$(COMPILE) --group dev -c requirements.lock -o "$$new/requirements-dev.lock" >/dev/null; \
for lock in requirements.lock requirements-dev.lock; do \
  grep -E '^[a-zA-Z0-9]' $$lock >"$$new/have"; grep -E '^[a-zA-Z0-9]' "$$new/$$lock" >"$$new/want"; \
  diff "$$new/have" "$$new/want" || { echo "$$lock does not fit pyproject.toml: run make lock."; exit 1; }; done; \
for version in 3.12 3.13; do \
  $(UV) pip install -q --dry-run --target "$$new/target" --python-version $$version --only-binary :all: --require-hashes \
    -r requirements.lock -r requirements-dev.lock; \
  echo "The locks resolve for Python $$version."; done
endef
