#!/usr/bin/env bash
# Makes the pictures of README.md anew, data/pictures: the best cell of the quickstart's search and the
# top of its report. Takes a few minutes on two cores and needs Chromium; stopped, it goes on when it is
# started again.
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

scratch=runs/pictures
pictures=data/pictures

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
  echo "pictures.sh: there is no Chromium; run: apt-get install chromium" >&2
  exit 2
}

mkdir -p "$pictures"
submit-scripts/submit.sh search --conf conf/quickstart.conf --master 'local[2]' \
  --set xfernas.search.id=quickstart --set "xfernas.tables.warehouse=\"$scratch/warehouse\"" \
  --set "xfernas.output=\"$scratch\""
submit-scripts/submit.sh report quickstart --set "xfernas.tables.warehouse=\"$scratch/warehouse\"" \
  --set "xfernas.output=\"$scratch\""

cp "$scratch/quickstart/best.svg" "$pictures/best-cell.svg"
"$chromium" --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=900,1190 \
  --virtual-time-budget=20000 --screenshot="$pictures/report.png" \
  "file://$PWD/$scratch/report/quickstart.html" 2>/dev/null
