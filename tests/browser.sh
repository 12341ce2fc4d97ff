#!/bin/sh
# The browser test needs a Chromium. Take the one that is there, else install one.
set -u
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -d "$HOME/.cache/ms-playwright" ] && ls "$HOME"/.cache/ms-playwright | grep -q chromium && exit 0
echo "No Chromium found; installing one for the browser test."
if command -v apt-get >/dev/null 2>&1; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq chromium >/dev/null && exit 0
fi
.venv/bin/python -m playwright install chromium
