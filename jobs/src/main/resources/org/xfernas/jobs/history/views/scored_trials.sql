-- The completed trials, with the unit whose values can be compared and a score that is higher where a trial is better
SELECT
  search_id, number, task, space,
  xxhash64(coalesce(data_fingerprint, task), space, epochs, data_fraction, protocol, metric, minimize) AS unit,
  coalesce(metric, 'validation_accuracy') AS metric, epochs, data_fraction,
  architecture, architecture_id, validation_accuracy, test_accuracy, parameters,
  IF(minimize, -validation_accuracy, validation_accuracy) AS score
FROM trials
WHERE validation_accuracy IS NOT NULL
