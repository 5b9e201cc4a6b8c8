# The commands of the house. Relative paths only: the checkout may lie in a path with spaces.
PYTHON ?= python3
PY = .venv/bin/python
WITH_DB = $(PY) -m fsesys.run.postgres --
# Two workers, each with a database of its own; who is through helps the other.
SIDE_BY_SIDE = -n 2 --dist worksteal
WITH_TESTS_DB = $(PY) -m fsesys.run.postgres --test --
# Settings that production would have, for checks that look at them and nothing else.
AS_PRODUCTION = DJANGO_SETTINGS_MODULE=fsesys.settings.prod ALLOWED_HOSTS=fsesys.example \
	SECRET_KEY=kT9-only-for-make-check-uB5xQ2mZ8cV1nL4pR7sD0fGhJ3wE6yA DEFAULT_FROM_EMAIL=fsesys@fsesys.example \
	EMAIL_HOST=mail.example DATABASE_URL=postgresql://fsesys_app@/none MIGRATE_DATABASE_URL=postgresql://fsesys_owner@/none

.PHONY: run test quick soak bench check fix admin design lock help

run: var/.design-ready ## open the demo office on this machine, until Ctrl-C
	@exec $(PY) -m fsesys.run.office

test: var/.design-ready ## all tests on real PostgreSQL, in a real browser
	@$(PY) -m fsesys.run.machine browser
	@$(WITH_TESTS_DB) $(PY) -m pytest $(SIDE_BY_SIDE) $(ARGS)

quick: var/.design-ready ## the tests without browser and without the slow ones
	@$(WITH_TESTS_DB) $(PY) -m pytest -q $(SIDE_BY_SIDE) -m "not browser and not slow and not soak" $(ARGS)

soak: var/.design-ready ## long load and concurrency runs
	@$(PY) -m fsesys.run.machine browser
	@$(WITH_TESTS_DB) $(PY) -m pytest -m soak $(ARGS)

SIZE ?= 1,10
bench: var/.design-ready ## the benchmarks, at SIZE=1,10 times the office of domain.md 7.3
	@$(WITH_TESTS_DB) $(PY) -m tests.benchmarks --size $(SIZE) $(ARGS)

check: var/.design-ready ## lint, format, layers, migrations, deployment, catalogue, diagrams; changes nothing
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -c "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
	@$(WITH_TESTS_DB) $(PY) manage.py makemigrations --check --dry-run
	@$(AS_PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	@$(PY) manage.py catalogue --check
	@$(PY) manage.py diagrams --check

fix: .venv/.ready ## repair what ruff can repair, and format
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

admin: var/.design-ready ## on an empty system: the first administrator and the first head
	@$(WITH_DB) $(PY) manage.py migrate --noinput --verbosity=0
	@$(WITH_DB) $(PY) manage.py admin

design: .venv/.ready ## collect the design system's files anew
	@$(PY) -m fsesys.run.design

lock: .venv/.ready ## requirements.in -> requirements.txt, with hashes
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url requirements.in -o requirements.txt

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

# Everything installed: libraries of the machine, packages by hash, the design system.
.venv/.ready: requirements.txt package-lock.json
	@$(PYTHON) -m fsesys.run.machine office
	@$(PYTHON) -m venv .venv
	@echo "Installing packages (a minute or two, once) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(PY) -m fsesys.run.machine design
	@touch .venv/.ready

# Our copy of the design system's files, anew when the collector changes.
var/.design-ready: .venv/.ready fsesys/run/design.py
	@$(PY) -m fsesys.run.design
	@touch var/.design-ready
