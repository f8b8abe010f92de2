-- The ten best architectures of each unit, each by its best trial
SELECT
  trial.task, trial.metric, trial.epochs, trial.data_fraction, place, trial.architecture, architecture_id,
  trial.validation_accuracy, trial.test_accuracy, trial.parameters, trials, trial.search_id, trial.number, unit
FROM (
  SELECT /*+ BROADCAST(best) */
    unit, architecture_id, place, trials,
    min(
      struct(search_id, number, task, metric, epochs, data_fraction, architecture, validation_accuracy, test_accuracy,
        parameters)) AS trial
  FROM scored_trials
  JOIN (
    SELECT *
    FROM (
      SELECT *, row_number() OVER (PARTITION BY unit ORDER BY score DESC, architecture_id) AS place
      FROM (
        SELECT unit, architecture_id, count(*) AS trials, max(score) AS score
        FROM scored_trials
        GROUP BY unit, architecture_id
      )
    )
    WHERE place <= 10
  ) AS best USING (unit, architecture_id, score)
  GROUP BY unit, architecture_id, place, trials
)
