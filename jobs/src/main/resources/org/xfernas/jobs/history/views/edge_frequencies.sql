-- How often an operation stands in a place of the cell among the best tenth of a unit's trials, and among all
SELECT
  any_value(task) AS task, any_value(metric) AS metric, place, operation,
  sum(best) / any_value(best_of_unit) AS share_of_best,
  sum(trials) / any_value(trials_of_unit) AS share_of_all,
  (sum(best) / any_value(best_of_unit)) / (sum(trials) / any_value(trials_of_unit)) AS ratio,
  unit
FROM (
  SELECT
    unit, trials, best,
    sum(trials) OVER (PARTITION BY unit) AS trials_of_unit,
    sum(best) OVER (PARTITION BY unit) AS best_of_unit,
    posexplode(
      IF(
        architecture LIKE '|%',
        regexp_extract_all(architecture, '([^|+~]+)~\\d+', 1),
        regexp_extract_all(architecture, '\\d+ ([A-Za-z_]\\w*)', 1))) AS (place, operation)
  FROM (
    SELECT unit, architecture, count(*) AS trials, count_if(score >= threshold) AS best
    FROM scored_trials
    JOIN (SELECT unit, percentile_approx(score, 0.9) AS threshold FROM scored_trials GROUP BY unit) USING (unit)
    GROUP BY unit, architecture
  )
)
JOIN (
  SELECT unit, min(task) AS task, min(metric) AS metric
  FROM (SELECT DISTINCT unit, task, metric FROM scored_trials)
  GROUP BY unit
) USING (unit)
GROUP BY unit, place, operation
