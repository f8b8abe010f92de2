-- Evaluations of what the same search, or an earlier one of the same unit, had evaluated
SELECT
  search_id, any_value(task) AS task, sum(trials) AS trials, count(*) AS functions,
  sum(trials) - count(*) AS repeated, sum(seconds) - sum(seconds / trials) AS seconds_repeated,
  count_if(first_search <> search_id) AS known_before
FROM (
  SELECT
    search_id, unit, any_value(task) AS task, architecture_id, count(*) AS trials, sum(seconds) AS seconds,
    first_value(search_id) OVER (PARTITION BY unit, architecture_id ORDER BY min(finished), search_id) AS first_search
  FROM (
    SELECT
      search_id, task, architecture_id, seconds_training AS seconds, finished,
      xxhash64(coalesce(data_fingerprint, task), space, epochs, data_fraction, protocol, metric, minimize) AS unit
    FROM trials
  )
  GROUP BY search_id, unit, architecture_id
)
GROUP BY search_id
