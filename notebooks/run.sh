#!/usr/bin/env bash
# Executes notebooks on the tables, and leaves each as an HTML file in runs/notebooks:
#   run.sh [NOTEBOOK]... [--conf FILE]... [--set path=value]...
# Without NOTEBOOK, all of this directory. Ends with exit code 1 where a cell fails.
set -euo pipefail

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
output=runs/notebooks

fail() { # exit code, message
  echo "run.sh: $2" >&2
  exit "$1"
}

command -v jupyter-nbconvert >/dev/null ||
  fail 2 "there is no jupyter-nbconvert; run: apt-get install --no-install-recommends jupyter-nbconvert"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
settings=$scratch/settings.conf
: >"$settings"
notebooks=()
sets=()
while (($#)); do
  case $1 in
    --conf)
      [[ -f ${2:-} ]] || fail 2 "there is no such file (--conf ${2:-})"
      # A quoted text of HOCON.
      file=$(realpath "$2")
      file=${file//\\/\\\\}
      printf 'include required(file("%s"))\n' "${file//\"/\\\"}" >>"$settings"
      shift 2
      ;;
    --set)
      [[ ${2:-} == ?*=* ]] || fail 2 "it must read path=value, such as xfernas.tables.warehouse=w (--set ${2:-})"
      sets+=("$2")
      shift 2
      ;;
    -*) fail 2 "there is no option $1. There are: --conf, --set" ;;
    *)
      [[ -f $1 ]] || fail 2 "there is no notebook $1"
      notebooks+=("$(realpath "$1")")
      shift
      ;;
  esac
done
((${#sets[@]} == 0)) || printf '%s\n' "${sets[@]}" >>"$settings"
((${#notebooks[@]})) || notebooks=("$here"/*.ipynb)

export XFERNAS_CONF=$settings XFERNAS_DIRECTORY=$PWD
export JUPYTER_PATH=$here JUPYTER_CONFIG_DIR=$scratch JUPYTER_RUNTIME_DIR=$scratch/runtime IPYTHONDIR=$scratch
mkdir -p "$output"
# A page is to need no other file: neither the loader of modules nor the setter of formulas.
jupyter-nbconvert --to html --execute --ExecutePreprocessor.kernel_name=xfernas \
  --ExecutePreprocessor.startup_timeout=300 --ExecutePreprocessor.timeout=600 --HTMLExporter.require_js_url=data:, \
  --HTMLExporter.mathjax_url=data:, --output-dir "$(realpath "$output")" "${notebooks[@]}" >&2

pages=()
for notebook in "${notebooks[@]}"; do
  page=$output/$(basename "${notebook%.ipynb}").html
  echo "report: $page"
  pages+=("$page")
done
# Names with quotes or backslashes would need them escaped.
joined=$(printf ', "%s"' "${pages[@]//[\"\\]/_}")
printf '{\n  "job" : "notebooks",\n  "pages" : [ %s ]\n}\n' "${joined:2}" >"$output/summary.json"
echo "summary: $output/summary.json"
