-- Whether two units of one space rank the architectures that both evaluated alike: Spearman's correlation of their mean scores
WITH units AS (
  -- One value and not columns of their own, so that all uses have one plan, which runs once
  SELECT unit, array_min(collect_set(struct(space, task, metric))) AS of
  FROM scored_trials
  GROUP BY unit
),
means AS (
  SELECT unit, xxhash64(architecture_id) AS architecture, avg(score) AS score
  FROM scored_trials
  GROUP BY unit, xxhash64(architecture_id)
),
pairs AS (
  SELECT xxhash64(a.unit, b.unit) AS pair, a.unit, a.of, b.unit AS other_unit, b.of AS other_of
  FROM units a JOIN units b ON a.of.space = b.of.space AND struct(a.of.task, a.unit) < struct(b.of.task, b.unit)
)
SELECT /*+ BROADCAST(pairs) */
  of.task, of.metric, other_of.task AS other_task, other_of.metric AS other_metric, common, spearman, unit, other_unit
FROM (
  SELECT pair, count(*) AS common, corr(place, other_place) AS spearman
  FROM (
    SELECT
      pair,
      rank() OVER (PARTITION BY pair ORDER BY score)
        + (count(*) OVER (PARTITION BY pair ORDER BY score RANGE BETWEEN CURRENT ROW AND CURRENT ROW) - 1) / 2
        AS place,
      rank() OVER (PARTITION BY pair ORDER BY other_score)
        + (count(*) OVER (PARTITION BY pair ORDER BY other_score RANGE BETWEEN CURRENT ROW AND CURRENT ROW) - 1) / 2
        AS other_place
    FROM (
      SELECT /*+ BROADCAST(pairs) */ pair, a.score, b.score AS other_score
      FROM means a JOIN pairs USING (unit) JOIN means b ON b.unit = other_unit AND a.architecture = b.architecture
    )
  )
  GROUP BY pair
)
JOIN pairs USING (pair)
WHERE common > 2
