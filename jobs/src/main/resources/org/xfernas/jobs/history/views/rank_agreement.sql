-- Whether two units of one space rank the architectures that both evaluated alike: Spearman's correlation of their mean scores
WITH means AS (
  SELECT unit, space, architecture_id, task, metric, score
  FROM (SELECT unit, space, architecture_id, avg(score) AS score FROM scored_trials GROUP BY unit, space, architecture_id)
  JOIN (
    SELECT unit, min(task) AS task, min(metric) AS metric
    FROM (SELECT DISTINCT unit, task, metric FROM scored_trials)
    GROUP BY unit
  ) USING (unit)
)
SELECT task, metric, other_task, other_metric, count(*) AS common, corr(place, other_place) AS spearman, unit, other_unit
FROM (
  SELECT
    *,
    rank() OVER (PARTITION BY unit, other_unit ORDER BY score)
      + (count(*) OVER (PARTITION BY unit, other_unit, score) - 1) / 2 AS place,
    rank() OVER (PARTITION BY unit, other_unit ORDER BY other_score)
      + (count(*) OVER (PARTITION BY unit, other_unit, other_score) - 1) / 2 AS other_place
  FROM (
    SELECT
      a.unit, a.task, a.metric, a.score,
      b.unit AS other_unit, b.task AS other_task, b.metric AS other_metric, b.score AS other_score
    FROM means a JOIN means b ON a.space = b.space AND a.architecture_id = b.architecture_id
      AND struct(a.task, a.unit) < struct(b.task, b.unit)
  )
)
GROUP BY unit, other_unit, task, metric, other_task, other_metric
HAVING common > 2
