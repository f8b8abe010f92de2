-- Evaluations of what the same search, or an earlier one of the same unit, had evaluated
SELECT
  search_id, task, sum(trials) AS trials, count(*) AS functions,
  sum(trials) - count(*) AS repeated, sum(seconds) - sum(seconds / trials) AS seconds_repeated,
  count_if(first_of_unit < first) AS known_before
FROM (
  SELECT
    search_id, task, count(*) AS trials, sum(seconds) AS seconds, min(finished) AS first,
    min(min(finished)) OVER (PARTITION BY unit, architecture_id) AS first_of_unit
  FROM (
    SELECT
      search_id, task, architecture_id, seconds_training AS seconds, finished,
      xxhash64(coalesce(data_fingerprint, task), space, epochs, data_fraction, protocol, metric, minimize) AS unit
    FROM trials
  )
  GROUP BY search_id, task, unit, architecture_id
)
GROUP BY search_id, task
