-- What each source was worth to a search, at the beginning and at the end
SELECT
  search_id, source_task, count(*) AS proposals, min_by(similarity, number) AS first_similarity,
  max_by(similarity, number) AS last_similarity, min_by(weight, number) AS first_weight,
  max_by(weight, number) AS last_weight
FROM transfer
GROUP BY search_id, source_task
