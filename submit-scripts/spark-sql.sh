#!/usr/bin/env bash
# Opens Spark SQL on the tables and the views of the history, and answers statements that end with ";":
#   spark-sql.sh [--format table|csv|json] [--conf FILE]... [--set path=value]... [--master URL]
set -euo pipefail

exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/submit.sh" history --console "$@"
