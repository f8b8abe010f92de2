-- The ten best architectures of each unit, each by its best trial
SELECT
  best.task, best.metric, best.epochs, best.data_fraction, place, best.architecture, architecture_id,
  best.validation_accuracy, best.test_accuracy, best.parameters, trials, best.search_id, best.number, unit
FROM (
  SELECT *, row_number() OVER (PARTITION BY unit ORDER BY best.score DESC, architecture_id) AS place
  FROM (
    SELECT
      unit, architecture_id, count(*) AS trials,
      max_by(
        struct(score, search_id, number, task, metric, epochs, data_fraction, architecture, validation_accuracy,
          test_accuracy, parameters),
        score) AS best
    FROM scored_trials
    GROUP BY unit, architecture_id
  )
)
WHERE place <= 10
