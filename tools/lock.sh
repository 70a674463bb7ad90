#!/usr/bin/env bash
# Writes requirements/*.txt from pyproject.toml: exact versions and hashes for every platform and Python we support.
# Pins that still fit are kept; `make lock ARGS=--upgrade` takes the newest. No download address gets into the files.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
    local output=$1
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --output-file "$output" "$@" pyproject.toml
}

compile requirements/development.txt --extra platform --extra dev "${@}"
compile requirements/terminal.txt --constraint requirements/development.txt "${@}"
.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-deps \
    --no-annotate --output-file requirements/bench.txt "${@}" requirements/bench.in
