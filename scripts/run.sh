#!/usr/bin/env bash
# Builds Paydesk and serves the demo on an embedded database.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh
need cargo cargo
need cc build-essential
exec cargo run --quiet --package paydesk -- serve --demo "$@"
