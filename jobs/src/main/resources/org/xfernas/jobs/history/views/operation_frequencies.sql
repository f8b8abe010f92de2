-- How often an operation is in cells of the best tenth of a unit's trials, and of all; shares of all operations in them
SELECT
  task, metric, operation,
  avg_best AS share_of_best, avg_all AS share_of_all, avg_best / avg_all AS ratio, unit
FROM (
  SELECT
    unit, any_value(task) AS task, any_value(metric) AS metric, operation,
    sum(share_of_best) / any_value(places) AS avg_best, sum(share_of_all) / any_value(places) AS avg_all
  FROM (SELECT *, sum(share_of_all) OVER (PARTITION BY unit) AS places FROM edge_frequencies)
  GROUP BY unit, operation
)
