# Hub's tasks. `make help` lists them; CI calls the same ones.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
WORKERS ?= auto

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-14s %s\n", $$1, $$2}'

.PHONY: demo
demo: $(RUNTIME) ## Serve the demonstration network on http://127.0.0.1:8000 (PORT= overrides)
	@SITE_URL="$${SITE_URL:-http://127.0.0.1:$(PORT)}" $(BIN)/python manage.py serve_demo --port $(PORT)

.PHONY: test
test: $(DEVELOPMENT) ## Run the suite; once more on PostgreSQL where HUB_TEST_POSTGRES_URL is set
	@$(BIN)/python manage.py compile_translations --settings hub.settings.test
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m "not postgresql"
	@if [ -n "$$HUB_TEST_POSTGRES_URL" ]; then \
		echo "--- once more, on PostgreSQL"; \
		HUB_TEST_DATABASE=postgresql $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup; \
	fi

.PHONY: test-optimised
test-optimised: $(DEVELOPMENT) ## Run the cases of the specification under python -O, which drops assertions
	@$(BIN)/python manage.py compile_translations --settings hub.settings.test
	$(BIN)/python -O -m pytest -n $(WORKERS) --dist loadgroup -m case \
		-W "ignore:assertions not in test modules:pytest.PytestConfigWarning"

.PHONY: check
check: $(DEVELOPMENT) ## Lint, types, import order, migrations, translations, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@git ls-files '*.html' | xargs $(BIN)/djade --target-version 5.2 --check
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy .
	$(BIN)/python manage.py makemigrations --check --dry-run --settings hub.settings.test
	$(BIN)/python -W error manage.py check --settings hub.settings.test
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
		SITE_URL=https://hub.example.org ICAL_UID_DOMAIN=hub.example.org \
		$(BIN)/python -W error manage.py check --deploy --fail-level WARNING --settings hub.settings.production
	$(BIN)/python manage.py check_translations --settings hub.settings.test

.PHONY: format
format: $(DEVELOPMENT) ## Format code and templates
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@git ls-files '*.html' | xargs $(BIN)/djade --target-version 5.2

.PHONY: messages
messages: $(DEVELOPMENT) ## Bring locale/ up to date with the code (needs gettext)
	$(BIN)/python manage.py makemessages -l fr --no-location --no-obsolete --ignore '.venv/*' --ignore 'var/*'

.PHONY: bench
bench: $(DEVELOPMENT) ## Print what the main pages cost, as ratios against their targets
	$(BIN)/python -m benchmarks

.PHONY: requirements
requirements: ## Pin every dependency with its hashes again (needs uv)
	uv pip compile $(PINNING) pyproject.toml -o requirements/runtime.txt
	uv pip compile $(PINNING) pyproject.toml --all-extras -c requirements/runtime.txt -o requirements/services.txt
	uv pip compile $(PINNING) pyproject.toml --all-extras --group dev -c requirements/services.txt -o requirements/development.txt

PINNING := --quiet --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header

.PHONY: clean
clean: ## Remove the virtual environment; the demonstration's data in var/ stays
	rm -rf $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Hub needs Python 3.11 or newer; $(PYTHON) is not. Try: make PYTHON=python3.12 demo"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements/runtime.txt | $(VENV)/bin/python
	@echo "Installing what Hub needs (once)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	@touch $@

$(DEVELOPMENT): requirements/development.txt $(RUNTIME)
	@echo "Installing what the suite needs (once)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/development.txt
	@touch $@
