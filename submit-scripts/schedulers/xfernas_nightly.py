"""Airflow: every night at 23:30, the searches of Xfernas that are due."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    dag_id="xfernas_nightly",
    schedule="30 23 * * *",
    start_date=datetime(2026, 1, 1),
    # A night does what all missed ones would have done, and the lease in the tables keeps a second out.
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 1, "retry_delay": timedelta(minutes=15)},
):
    BashOperator(
        task_id="nightly",
        cwd="/opt/xfernas",
        bash_command="submit-scripts/submit.sh nightly --conf conf/nightly.conf",
    )
