#!/bin/sh
# Picture of the top of PAGE as OUT, 1100 x 1500, by Debian's chromium.
set -eu
page=$(realpath "$1")
out=$2
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$profile" \
    --window-size=1100,1500 --screenshot="$out" "file://$page" >/dev/null 2>&1
