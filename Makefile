# What a newcomer types. Everything else is `cargo xtask`.

.PHONY: run test bench lint help

help:
	@echo "make run    build Paydesk and serve the demo; prints the address"
	@echo "make test   install what the tests need and run all of them, on SQLite and PostgreSQL"
	@echo "make lint   format, clippy and the house rules, without tests"
	@echo "make bench  speed beside bare servers and bare SQL, as ratios within one run"

run:
	@scripts/run.sh

test:
	@scripts/test.sh

lint:
	@cargo xtask lint

bench:
	@scripts/bench.sh
