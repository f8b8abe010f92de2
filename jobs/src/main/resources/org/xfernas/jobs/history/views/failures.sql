-- Failed trials by task and cause
SELECT
  task, failure_kind, count(*) AS trials, count(*) / any_value(trials_of_task) AS share,
  sum(seconds_training) AS seconds_lost, any_value(failure_reason) AS example
FROM trials JOIN (SELECT task, count(*) AS trials_of_task FROM trials GROUP BY task) USING (task)
WHERE status = 'failed'
GROUP BY task, failure_kind
