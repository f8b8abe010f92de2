-- The trials that were better than all before them in their search
SELECT
  search_id, task, metric, number, finished, architecture, validation_accuracy, test_accuracy, seconds_spent
FROM (
  SELECT
    *,
    max(score) OVER (
      PARTITION BY search_id ORDER BY finished, number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS best_before,
    sum(seconds_training) OVER (
      PARTITION BY search_id ORDER BY finished, number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS seconds_spent
  FROM (
    SELECT
      search_id, task, coalesce(metric, 'validation_accuracy') AS metric, number, finished, architecture,
      validation_accuracy, test_accuracy, seconds_training,
      IF(minimize, -validation_accuracy, validation_accuracy) AS score
    FROM trials
  )
)
WHERE score > best_before OR (score IS NOT NULL AND best_before IS NULL)
