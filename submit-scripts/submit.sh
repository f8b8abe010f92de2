#!/usr/bin/env bash
# Runs one job of Xfernas on Spark:
#   submit.sh JOB [argument]... [--conf FILE]... [--set path=value]... [--master URL]
# With SPARK_HOME set, that installation runs it; otherwise the Spark that the build assembled.
# SPARK_DRIVER_MEMORY is the heap of the driver (2g). Builds nothing.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
application=$root/jobs/target/xfernas.jar
spark_jars=$root/jobs/target/spark-home/jars
memory=${SPARK_DRIVER_MEMORY:-2g}
logging=-Dlog4j2.configurationFile=file:$root/conf/log4j2.properties

fail() { # exit code, message
  echo "submit.sh: $2" >&2
  exit "$1"
}

if [[ ! -f $application || ! -d $spark_jars ]]; then
  fail 1 "Xfernas is not built; run: mvn -f $(printf %q "$root") -DskipTests package"
fi

if [[ -n ${SPARK_HOME:-} ]]; then
  [[ -x $SPARK_HOME/bin/spark-submit ]] ||
    fail 2 "SPARK_HOME has no bin/spark-submit ($SPARK_HOME); unset it to use the Spark of the build"
  launcher=(
    "$SPARK_HOME/bin/spark-submit"
    --driver-java-options "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED --add-modules=jdk.incubator.vector $logging"
  )
else
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$java" >/dev/null || fail 2 "there is no $java; install a JDK 17 or set JAVA_HOME"
  launcher=(
    "$java" "@$root/conf/java-options" "-Xmx$memory" "$logging"
    -cp "$spark_jars/*" org.apache.spark.deploy.SparkSubmit
  )
fi

options=(
  --driver-memory "$memory"
  --conf "spark.executor.extraJavaOptions=--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED --add-modules=jdk.incubator.vector"
)
# The job's --master is Spark's too; what is none is refused by the job.
arguments=("$@")
for ((i = 0; i < $#; i++)); do
  case ${arguments[i]} in
    --master) master=${arguments[i + 1]:-} ;;
    --master=*) master=${arguments[i]#--master=} ;;
    *) continue ;;
  esac
  case $master in
    local* | spark://* | yarn | k8s://*) options+=(--master "$master") ;;
  esac
done

command=("${launcher[@]}" "${options[@]}" --class org.xfernas.jobs.Main "$application" "$@")
printf '%q ' "${command[@]}" >&2
echo >&2
exec "${command[@]}"
