#!/usr/bin/env bash
# Makes this checkout ready to run: Debian's packages, a virtual environment, the locked wheels.
# Says what it does, does nothing twice, and when it cannot go on says what to do.
#
# usage: tools/set_up.sh            PYTHON=/path/to/python3 names the Python to use
set -euo pipefail
cd "$(dirname "$0")/.."

readonly lock=requirements/development.txt
readonly stamp=.venv/locked.sha256

say() { printf '▸ %s\n' "$*"; }
stop() { printf '✗ %s\n' "$1" >&2; shift; for line in "$@"; do printf '  %s\n' "$line" >&2; done; exit 1; }

# Prints the packages of deploy/system-packages.txt that are not installed, under their own name or provided by another.
missing_packages() {
    dpkg-query --show --showformat '${db:Status-Status} ${Package}, ${Provides}\n' | awk '
        listing == "installed" {
            if ($1 != "installed") next
            sub(/^[^ ]+ /, ""); gsub(/\([^)]*\)/, "")
            count = split($0, names, /[ ,]+/)
            for (i = 1; i <= count; i++) there[names[i]] = 1
            next
        }
        { sub(/#.*/, ""); gsub(/[ \t]/, "") }
        $0 != "" && $0 !~ /^\[/ && !($0 in there)
    ' listing=installed - listing=wanted deploy/system-packages.txt
}

system_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "This is not Debian: deploy/system-packages.txt says what has to be there, under Debian's names."
        return
    fi
    local missing
    mapfile -t missing < <(missing_packages)
    if [ ${#missing[@]} -eq 0 ]; then return; fi

    local as_root=()
    if [ "$(id --user)" -ne 0 ]; then
        command -v sudo >/dev/null || stop "Debian packages are missing, and installing them needs root." \
            "As root, run:  apt-get install ${missing[*]}" "then start again here."
        as_root=(sudo)
    fi
    say "Installing from Debian: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq ||
        say "The package lists could not be refreshed; going on with those that are here."
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes -qq --no-install-recommends "${missing[@]}" ||
        stop "Debian's packages could not be installed; the reason stands above." \
            "Check the network and the sources of apt, and start again."
}

# Prints the Python to use: the one that is named, else the first good one.
find_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$candidate" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' \
            2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    stop "No usable Python was found: 3.11 to 3.14 is needed, with its venv module." \
        "This machine's python3 is: $(python3 --version 2>&1 || true)" \
        "On Debian 12 or newer:  apt-get install python3 python3-venv" \
        "Or name another one:    make setup PYTHON=/path/to/python3.12"
}

# The fingerprint of what ought to be in .venv: the lock, this script, and the Python that the environment runs on.
fingerprint() {
    { sha256sum "$lock" tools/set_up.sh; .venv/bin/python -VV; } | sha256sum | cut --delimiter=' ' --fields=1
}

virtual_environment() {
    if [ -x .venv/bin/python ] && [ -f "$stamp" ] && [ "$(<"$stamp")" = "$(fingerprint)" ]; then return; fi
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        local python
        python=$(find_python)
        say "Making .venv with $("$python" --version)"
        "$python" -m venv --clear .venv
    fi
    say "Installing what $lock names, hash by hash (a few minutes the first time)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes --only-binary :all: --requirement "$lock" ||
        stop "The locked packages could not be installed; the reason stands above." \
            "Check the network and the settings of pip, and start again: what is there already is kept."
    unpack_qt
    fingerprint >"$stamp"
}

# PySide carries a part of itself packed, and unpacks and compiles that at every start; its own switch, SBK_EMBED, does
# it once. What an earlier version left there goes first.
unpack_qt() {
    local unpacked
    unpacked=$(.venv/bin/python -c \
        'import importlib.util as u, os; print(os.path.dirname(u.find_spec("shiboken6").origin))')/files.dir
    rm --recursive --force "$unpacked"
    env --unset=PYTHONDONTWRITEBYTECODE SBK_EMBED=0 .venv/bin/python -c 'import PySide6.QtCore' ||
        stop "Qt cannot be loaded; the reason stands above." "Remove .venv and start again."
}

mkdir -p build
exec 9>build/set_up.lock
flock --nonblock 9 || { say "Another set-up is running in this folder; waiting for it."; flock 9; }
system_packages
virtual_environment
