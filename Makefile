# make serve   the site on http://127.0.0.1:8000 (PORT=… for another), with everything it needs
# make test    the whole suite
# make admin   a login for staff
PYTHON ?= python3
PORT ?=
RUN = .venv/bin/python

.PHONY: serve test admin lint lock bench clean-venv install install-dev

serve: install
	@BAOZANG_PORT="$(PORT)"; export BAOZANG_PORT="$${BAOZANG_PORT:-8000}"; exec $(RUN) manage.py serve --parent $$PPID

test: install-dev
	$(RUN) -m pytest $(TESTS)

admin: install
	@$(RUN) manage.py migrate --verbosity 0
	@$(RUN) manage.py createsuperuser

lint: install-dev
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy .
	$(RUN) -m djlint --check --lint templates
	BAOZANG_HSTS_SUBDOMAINS=on BAOZANG_HSTS_PRELOAD=on $(RUN) manage.py check --deploy --fail-level WARNING
	$(RUN) manage.py makemigrations --check --dry-run

bench: install-dev
	@for file in $$(grep -l __main__ benchmarks/*.py); do \
		name=$$(basename "$$file" .py); echo "== $$name"; $(RUN) -m "benchmarks.$$name" || exit 1; \
	done

# The exact versions and hashes of every package, from the ranges in pyproject.toml.
lock: install-dev
	$(RUN) -m piptools compile --quiet --upgrade --allow-unsafe --generate-hashes --strip-extras \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--output-file requirements.txt pyproject.toml
	$(RUN) -m piptools compile --quiet --upgrade --allow-unsafe --generate-hashes --strip-extras \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

clean-venv:
	rm -rf .venv .venv.lock

install:
	@$(PYTHON) config/install.py requirements.txt

install-dev: install
	@$(PYTHON) config/install.py requirements-dev.txt
