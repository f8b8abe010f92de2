#!/usr/bin/env bash
# Starts the Java kernel of the notebooks, with Spark and Xfernas on its class path; Jupyter calls it:
#   kernel.sh CONNECTION_FILE
# XFERNAS_CONF is a file of settings in HOCON, XFERNAS_DIRECTORY what relative paths in it are relative to
# (the project). With SPARK_HOME set, that installation's Spark is used. SPARK_DRIVER_MEMORY is the heap (2g).
set -euo pipefail

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
root=$(cd "$here/../../.." && pwd)
application=$root/jobs/target/xfernas.jar
spark_jars=${SPARK_HOME:-$root/jobs/target/spark-home}/jars
kernel=$root/jobs/target/notebook-kernel/rapaio-jupyter-kernel.jar
connection=$(realpath "$1")

for needed in "$application" "$spark_jars" "$kernel"; do
  [[ -e $needed ]] || {
    echo "kernel.sh: there is no $needed; run: mvn -f $(printf %q "$root") -DskipTests package" >&2
    exit 1
  }
done

cd "${XFERNAS_DIRECTORY:-$root}"
# The kernel brings copies of libraries that Spark has too: it comes last.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$root/conf/java-options" "-Xmx${SPARK_DRIVER_MEMORY:-2g}" \
  "-Dlog4j2.configurationFile=file:$root/conf/log4j2.properties" \
  -cp "$here:$spark_jars/*:$application:$kernel" "$here/Launcher.java" "$connection"
