-- What the sources had to do with the proposals of each search, and with their results
SELECT
  search_id, task, proposals, with_shares, universal_share, residual_share, with_shadow, changed_share,
  accuracy_of_changed, accuracy_of_unchanged
FROM (
  SELECT /*+ SHUFFLE_HASH(results) */
    search_id, count(*) AS proposals,
    count(universal_share) AS with_shares, avg(universal_share) AS universal_share,
    avg(residual_share) AS residual_share,
    count(unchanged) AS with_shadow, avg(IF(unchanged, 0, 1)) FILTER (WHERE unchanged IS NOT NULL) AS changed_share,
    avg(validation_accuracy) FILTER (WHERE NOT unchanged) AS accuracy_of_changed,
    avg(validation_accuracy) FILTER (WHERE unchanged) AS accuracy_of_unchanged
  FROM (
    SELECT search_id, number, architecture = shadow AS unchanged, universal_share, residual_share FROM proposals
  )
  LEFT JOIN (SELECT search_id, number, validation_accuracy FROM trials) AS results USING (search_id, number)
  GROUP BY search_id
)
LEFT JOIN (
  SELECT search_id, max_by(task, trials) AS task
  FROM (SELECT search_id, task, count(*) AS trials FROM trials GROUP BY search_id, task)
  GROUP BY search_id
) USING (search_id)
