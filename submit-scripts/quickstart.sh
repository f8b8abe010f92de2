#!/usr/bin/env bash
# The first command: builds Xfernas if needed and searches on the Fashion-MNIST subset in data/.
# Arguments go to the search, such as --set xfernas.search.budget.evaluations=32.
# Results land in warehouse/ and runs/ of the project.
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

application=jobs/target/xfernas.jar
sources=(pom.xml jobs/pom.xml jobs/src lib-models/pom.xml lib-models/src lib-search/pom.xml lib-search/src)
if [[ ! -f $application || ! -d jobs/target/spark-home/jars ||
  -n $(find "${sources[@]}" -newer "$application" -print -quit) ]]; then
  command -v mvn >/dev/null || {
    echo "quickstart.sh: there is no mvn to build Xfernas with; install Maven 3.8 or later" >&2
    exit 2
  }
  echo "building Xfernas; the first time this downloads its libraries" >&2
  mvn -B -q -ntp -DskipTests package >&2
fi

# Two candidates at a time, whatever the machine: the later ones descend from the earlier ones.
master=(--master 'local[2]')
[[ " $* " != *" --master"* ]] || master=()
exec submit-scripts/submit.sh search --conf conf/quickstart.conf "${master[@]}" "$@"
