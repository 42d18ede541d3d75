#!/usr/bin/env bash
# Installs the localstripe server, a stand-in for Stripe from PyPI, into target/localstripe unless
# it is there, and prints the path of its program. Only tests use it.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh

version=1.15.10
folder=$PWD/target/localstripe
program=$folder/$version/bin/localstripe

mkdir -p "$folder"
# Two tests may ask at the same time; the second waits for the first.
exec 9>"$folder/lock"
flock 9
if [ ! -x "$program" ]; then
  rm -rf "${folder:?}/$version"
  {
    need python3 python3
    python3 -c 'import ensurepip' 2>/dev/null || need /usr/lib/python3/none python3-venv
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet --disable-pip-version-check setuptools "localstripe==$version"
  } >&2
fi
echo "$program"
