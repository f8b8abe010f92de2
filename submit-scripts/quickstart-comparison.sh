#!/usr/bin/env bash
# Makes data/quickstart-comparison.csv anew: what the quickstart's search finds with and without its
# sources, 10 seeds each, every candidate trained. Takes an hour on two cores; stopped, it goes on when
# it is started again.
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

scratch=runs/quickstart-comparison
for seed in {1..10}; do
  for transfer in none default; do
    submit-scripts/submit.sh search --conf conf/quickstart.conf --master 'local[2]' \
      --set "xfernas.tables.warehouse=\"$scratch/warehouse\"" \
      --set "xfernas.output=\"$scratch\"" --set "xfernas.search.id=$transfer-$seed" \
      --set "xfernas.search.seed=$seed" --set "xfernas.search.optimizer.transfer=$transfer" \
      --set xfernas.report.comparison=null
  done
done

python3 - "$scratch" >data/quickstart-comparison.csv <<'END'
import json, sys

print("seed,transfer,evaluation,architecture,validation_accuracy,test_accuracy")
for seed in range(1, 11):
    for transfer in ("none", "default"):
        with open(f"{sys.argv[1]}/{transfer}-{seed}/summary.json") as file:
            trajectory = json.load(file)["trajectory"]
        for best in trajectory:
            print(seed, transfer, best["evaluation"], best["architecture"],
                  best["validation_accuracy"], best["test_accuracy"], sep=",")
END
