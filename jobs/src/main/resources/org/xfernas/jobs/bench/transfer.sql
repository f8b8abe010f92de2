-- What one source was worth to each proposal.
SELECT
  search_id, number, 'source' AS source_task, 0.5D AS similarity, 0.1D AS similarity_standard_deviation,
  1 / number AS weight
FROM new_trials
