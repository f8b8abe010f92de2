-- Evaluations of what the same search, or an earlier one of the same unit, had evaluated, and what reuse avoided
SELECT
  search_id, task, trials, functions, repeated, seconds_repeated, known_before,
  reused_trials AS reused, reused_seconds AS seconds_reused
FROM (
  SELECT
    search_id, task, sum(trials) AS trials, count(*) AS functions,
    sum(trials) - count(*) AS repeated, sum(seconds) - sum(seconds / trials) AS seconds_repeated,
    count_if(first_of_unit < first) AS known_before
  FROM (
    SELECT
      search_id, task, count(*) AS trials, sum(seconds) AS seconds, min(finished) AS first,
      min(min(finished)) OVER (PARTITION BY function) AS first_of_unit
    FROM (
      SELECT
        search_id, task, seconds_training AS seconds, finished,
        xxhash64(
          architecture_id, coalesce(data_fingerprint, task), space, epochs, data_fraction, protocol, metric, minimize)
          AS function
      FROM trials
      DISTRIBUTE BY function
    )
    GROUP BY function, search_id, task
  )
  GROUP BY search_id, task
)
LEFT JOIN (SELECT search_id, reused_trials, reused_seconds FROM searches) USING (search_id)
