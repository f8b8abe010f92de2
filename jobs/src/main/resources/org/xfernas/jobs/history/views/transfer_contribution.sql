-- What the sources had to do with the proposals of each search, and with their results
SELECT
  search_id, any_value(task) AS task, count(*) AS proposals,
  count(universal_share) AS with_shares, avg(universal_share) AS universal_share, avg(residual_share) AS residual_share,
  count(shadow) AS with_shadow, avg(IF(architecture = shadow, 0, 1)) FILTER (WHERE shadow IS NOT NULL) AS changed_share,
  avg(validation_accuracy) FILTER (WHERE architecture <> shadow) AS accuracy_of_changed,
  avg(validation_accuracy) FILTER (WHERE architecture = shadow) AS accuracy_of_unchanged
FROM (SELECT search_id, number, architecture, shadow, universal_share, residual_share FROM proposals)
LEFT JOIN (SELECT search_id, number, task, validation_accuracy FROM trials) USING (search_id, number)
GROUP BY search_id
