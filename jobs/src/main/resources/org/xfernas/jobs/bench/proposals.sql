-- The proposals of the trials; every fifth is another architecture than without sources.
SELECT
  search_id, number, architecture, architecture_id, seed,
  CAST(array() AS ARRAY<INT>) AS observed, CAST(array() AS ARRAY<INT>) AS pending,
  80D AS predicted_mean, 1D AS predicted_standard_deviation, map('source', 0.5D) AS source_weights,
  'expected improvement' AS reason, 0.1D AS optimizer_seconds, started AS proposed,
  1 / number AS universal_share, 1 - 1 / number AS residual_share,
  IF(number % 5 = 0, '|none~0|+|none~0|none~1|+|none~0|none~1|none~2|', architecture) AS shadow
FROM new_trials
