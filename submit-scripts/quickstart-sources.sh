#!/usr/bin/env bash
# Makes the sources of the quickstart anew, data/quickstart-sources/*.parquet: random searches with
# the quickstart's space, fidelity and protocol on two other tasks, 64 candidates each. Takes half an
# hour on two cores; stopped, it goes on when it is started again.
# The UCI digits are those that scikit-learn ships: the 1,797 images of the official test part. The
# first 1,397 of them are trained and validated on, the others are the test part.
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

scratch=runs/quickstart-sources
digits=$scratch/digits
sources=data/quickstart-sources
tables=(--set "xfernas.tables.warehouse=\"$scratch/warehouse\"" --set "xfernas.output=\"$scratch\"")

if [[ ! -f $digits/optdigits.tes ]]; then
  mkdir -p "$digits"
  python3 -m pip download -q --no-deps --only-binary=:all: -d "$digits" scikit-learn==1.9.1
  unzip -p "$digits"/scikit_learn-*.whl sklearn/datasets/data/digits.csv.gz | gunzip >"$digits/all"
  head -n 1397 "$digits/all" >"$digits/optdigits.tra"
  tail -n +1398 "$digits/all" >"$digits/optdigits.tes"
fi

source_of() { # name, task, settings of the data
  submit-scripts/submit.sh search --conf conf/quickstart.conf --master 'local[2]' "${tables[@]}" \
    --set "xfernas.search.id=$1" --set "xfernas.search.task=$2" --set 'xfernas.search.sources=[]' \
    --set 'xfernas.search.optimizer={ type = random, transfer = none }' \
    --set xfernas.search.budget.evaluations=64 --set xfernas.report.comparison=null "${@:3}"
  submit-scripts/submit.sh export "$sources/$1.parquet" --task "$2" --licence Apache-2.0 --overwrite \
    "${tables[@]}"
}

mkdir -p "$sources"
source_of digits digits \
  --set xfernas.data.format=digits-csv --set "xfernas.data.dir=\"$digits\"" \
  --set 'xfernas.data.classes=[]'
source_of fashion-0-4 fashion-mnist-0-4 \
  --set 'xfernas.data.classes=[0,1,2,3,4]'
