# Each target is one verb of run.py, which also works by itself where make is missing
PYTHON ?= python3

.PHONY: run test check bench screens clean lock

run:
	@exec $(PYTHON) run.py serve

test:
	@exec $(PYTHON) run.py test

check:
	@exec $(PYTHON) run.py check

bench:
	@exec $(PYTHON) run.py bench

screens:
	@exec $(PYTHON) run.py screens

lock:
	@exec $(PYTHON) run.py lock

clean:
	@exec $(PYTHON) run.py clean
