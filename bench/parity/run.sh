#!/usr/bin/env bash
# bench/parity/run.sh [MODEL…] [--photos DIR] [--weights hub|DIR] [--out DIR] [--keep]
# The engine against transformers and open_clip, one model after the other. See README.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# PYTHON: an interpreter that has requirements.txt already.
if [ -z "${PYTHON:-}" ]; then
	venv="${SIS_CACHE:-$HOME/.cache/n8n-nodes-semantic-image-search}/parity-venv"
	if [ ! -x "$venv/bin/python" ]; then python3 -m venv "$venv"; fi
	PYTHON="$venv/bin/python"
	if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
		echo "Installing the references into $venv" >&2
		# torch's own index has builds without CUDA; where it cannot be reached, pip would try it again
		# for each package.
		index=https://download.pytorch.org/whl/cpu
		if "$PYTHON" -c "import urllib.request as r; r.urlopen('$index/torch/', timeout=10)" 2>/dev/null; then
			extra="--extra-index-url $index"
		fi
		"$PYTHON" -m pip install --quiet --requirement "$here/requirements.txt" ${extra:-}
		cp "$here/requirements.txt" "$venv/installed.txt"
	fi
fi
exec "$PYTHON" "$here/run.py" "$@"
