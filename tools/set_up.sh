#!/bin/sh
# Set up VENV from LOCK: every package by version and hash, then truceline itself, editable.
# Uses uv where it is present (seconds), else the venv's own pip (a minute or two).
set -eu
venv=$1
lock=$2
python=${PYTHON:-python3}

"$python" - <<'PY'
import sys
if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(f"truceline needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}. Run: make PYTHON=python3.12 ...")
PY

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python "$venv/bin/python" --require-hashes -r "$lock"
    uv pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation -e .
else
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
fi
