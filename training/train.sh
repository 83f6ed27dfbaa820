#!/bin/sh
# Everything from nothing: fetch the pictograms, train, export, evaluate, write the card, paint the gallery.
#
#   python3 -m venv .venv && .venv/bin/pip install -r requirements.txt   (once)
#   PYTHON=.venv/bin/python ./train.sh                # as many steps as the shipped model took
#   PYTHON=.venv/bin/python ./train.sh --minutes 30   # or as long as you like
set -eu
cd "$(dirname "$0")"
PYTHON="${PYTHON:-python3}"
# Threads that wait without spinning: on a machine shared with others, spinning costs most of the speed.
export OMP_WAIT_POLICY=PASSIVE
[ "$#" -gt 0 ] || set -- --steps "$(cat steps.txt)"
"$PYTHON" train.py "$@"
"$PYTHON" card.py --checkpoint .cache/run/model.pt
"$PYTHON" gallery.py
"$PYTHON" gallery.py --check
