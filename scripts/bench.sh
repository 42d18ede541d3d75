#!/usr/bin/env bash
# Measures Paydesk beside bare servers and bare SQL; prints ratios within one run.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh
need cargo cargo
need cc build-essential
# Durable means durable here: this server waits for the disk.
PAYDESK_PG_FSYNC=on exec scripts/postgres.sh cargo run --quiet --release --manifest-path bench/Cargo.toml -- "$@"
