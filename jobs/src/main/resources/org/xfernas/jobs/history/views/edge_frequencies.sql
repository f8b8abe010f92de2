-- How often an operation stands in a place of the cell among the best tenth of a unit's trials, and among all
SELECT
  task, metric, place, operation,
  sum(best) / best_of_unit AS share_of_best,
  sum(trials) / trials_of_unit AS share_of_all,
  (sum(best) / best_of_unit) / (sum(trials) / trials_of_unit) AS ratio,
  unit
FROM (
  SELECT
    unit, task, metric, trials, best,
    sum(trials) OVER (PARTITION BY unit) AS trials_of_unit,
    sum(best) OVER (PARTITION BY unit) AS best_of_unit,
    posexplode(
      IF(
        architecture LIKE '|%',
        regexp_extract_all(architecture, '([^|+~]+)~\\d+', 1),
        regexp_extract_all(architecture, '\\d+ ([A-Za-z_]\\w*)', 1))) AS (place, operation)
  FROM (
    SELECT /*+ BROADCAST(units) */
      unit, units.task, units.metric, architecture, count(*) AS trials, count_if(score >= threshold) AS best
    FROM scored_trials
    JOIN (
      SELECT unit, min(task) AS task, min(metric) AS metric, percentile_approx(score, 0.9) AS threshold
      FROM scored_trials
      GROUP BY unit
    ) AS units USING (unit)
    GROUP BY unit, units.task, units.metric, architecture
  )
)
GROUP BY unit, task, metric, place, operation, best_of_unit, trials_of_unit
