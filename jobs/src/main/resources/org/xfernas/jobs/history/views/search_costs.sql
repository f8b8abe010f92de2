-- What each search cost, and what it found
SELECT
  search_id, task, trials, completed, trials - completed AS failed, seconds_waiting, seconds_training,
  seconds_training / 86400 AS gpu_days, optimizer_seconds, started, finished, best_validation_accuracy
FROM (
  SELECT
    search_id, any_value(task) AS task, count(*) AS trials, count_if(status = 'completed') AS completed,
    sum(seconds_waiting) AS seconds_waiting, sum(seconds_training) AS seconds_training,
    min(started) AS started, max(finished) AS finished,
    IF(any_value(minimize), min(validation_accuracy), max(validation_accuracy)) AS best_validation_accuracy
  FROM trials
  GROUP BY search_id
)
LEFT JOIN (SELECT search_id, sum(optimizer_seconds) AS optimizer_seconds FROM proposals GROUP BY search_id)
  USING (search_id)
