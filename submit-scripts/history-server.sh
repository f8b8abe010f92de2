#!/usr/bin/env bash
# Shows what Spark did, on http://localhost:18080: starts Spark's history server on the event logs.
#   history-server.sh [DIRECTORY]
# DIRECTORY is that of the logs (runs/spark-events, as the setting spark.eventLog.dir has it). Ends with
# Ctrl-C. With SPARK_HOME set, that installation's server is started. SPARK_HISTORY_OPTS is Spark's own:
# further options of the server, such as -Dspark.history.ui.port=18081.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
events=$(realpath -m "${1:-runs/spark-events}")
spark_jars=${SPARK_HOME:-$root/jobs/target/spark-home}/jars

fail() { # exit code, message
  echo "history-server.sh: $2" >&2
  exit "$1"
}

read -ra options <<<"${SPARK_HISTORY_OPTS:-}"
[[ -d $events ]] || fail 2 "there is no directory $events; run a job on Spark first, or name the directory"
[[ -d $spark_jars ]] ||
  fail 1 "there is no Spark in $spark_jars; run: mvn -f $(printf %q "$root") -DskipTests package"

exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$root/conf/java-options" -Xmx1g \
  "-Dlog4j2.configurationFile=file:$root/conf/log4j2.properties" \
  "-Dspark.history.fs.logDirectory=file:$events" "${options[@]}" -cp "$spark_jars/*" \
  org.apache.spark.deploy.history.HistoryServer
