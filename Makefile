# The maintainers' recipes; users need only ./run and ./test.
.PHONY: check lock bench docs

check:
	@sh tools/check.sh

# Settle versions anew.  Needs uv on the PATH.
lock:
	for name in base dev node; do \
	  uv pip compile --quiet --upgrade --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url requirements/$$name.in -o requirements/$$name.txt || exit 1; done
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund

# Lists the benches; `make bench NAME=pages` runs one.
bench:
	.venv/bin/python -m bench $(NAME)

# A replay killed 20 times, shuffled and repeated: does it end in the same state?
crash:
	.venv/bin/python -m bench.crash --shuffle --twice

docs:
	.venv/bin/python docs/generate.py
