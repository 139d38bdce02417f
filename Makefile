# The words of this project. `make run` and `make test` are all that a newcomer needs.
.POSIX:
.NOTPARALLEL:
.PHONY: help run test setup lint check quality bench texts content

# The first Python that works and is new enough; a name on the PATH alone proves nothing.
FIND_PYTHON = for python in python3.13 python3.12 python3.11 python3 python; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; \
	  python=; \
	done; \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed (python3 --version tells yours)." >&2; exit 1; fi
PY = .venv/bin/python
BOOTSTRAP = @$(FIND_PYTHON); $$python tools/bootstrap.py

help: ## list these words
	@sed -n 's/^\([a-z]*\):.*## /\1: /p' Makefile

run: ## run everything; a practice LINE unless .env holds a LINE account (ARGS=--sample-city: a made-up city)
	$(BOOTSTRAP) requirements.txt
	@exec $(PY) -m bot run $(ARGS)

# Each file in one process: what a module builds is built once. In this order the slow files come first.
# Four processes even on two cores: much of a test is waiting for another process.
test: setup ## the whole test suite
	@$(PY) -m pytest -n 4 --dist loadfile --no-loadscope-reorder

setup: ## .venv with everything for development
	$(BOOTSTRAP) requirements.txt requirements-dev.txt

lint: setup ## style, types, import rules
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-logo
	@$(PY) tools/texts.py --check

check: lint test ## lint, then test

content: setup ## check the content and show what each language still lacks
	@$(PY) -m bot content check
	@$(PY) -m bot content coverage

quality: setup ## how often answers are right, beside the baselines
	@$(PY) -m tests.quality

bench: setup ## how fast it is, beside simpler bots
	@$(PY) -m bench

texts: setup ## bring the catalogs in locales/ up to date with the code
	@$(PY) tools/texts.py
