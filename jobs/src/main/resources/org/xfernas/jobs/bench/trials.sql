-- Rows of searches of 1,000 trials on 20 tasks over NAS-Bench-201's cells; every 50th failed.
SELECT
  concat('search-', id DIV 1000) AS search_id,
  CAST(id % 1000 + 1 AS INT) AS number,
  concat('task-', id DIV 1000 % 20) AS task,
  '{"type":"edge-cell","nodes":4,"operations":["none","skip_connect","nor_conv_1x1","nor_conv_3x3","avg_pool_3x3"]}' AS space,
  concat(
    '|', operations[cell % 5], '~0|+|', operations[cell DIV 5 % 5], '~0|', operations[cell DIV 25 % 5], '~1|+|',
    operations[cell DIV 125 % 5], '~0|', operations[cell DIV 625 % 5], '~1|', operations[cell DIV 3125 % 5], '~2|') AS architecture,
  concat('edge-cell:', cell) AS architecture_id,
  25 AS epochs, 1D AS data_fraction, '{"batch-size":128}' AS protocol,
  id AS seed,
  IF(failed, 'failed', 'completed') AS status,
  IF(failed, 'diverged', NULL) AS failure_kind,
  IF(failed, 'the loss is not a number', NULL) AS failure_reason,
  IF(failed, NULL, accuracy) AS validation_accuracy,
  IF(failed, NULL, accuracy - 1) AS test_accuracy,
  map('loss', 1 - accuracy / 100) AS metrics,
  200000 + cell AS parameters, 30000000 + cell AS flops,
  1D AS seconds_waiting, 20D + cell % 7 AS seconds_training, 1000D AS images_per_s,
  timestamp_seconds(1700000000 + 30 * id) AS started,
  timestamp_seconds(1700000030 + 30 * id) AS finished,
  'host' AS host, '0' AS executor, 'cpu' AS device, map('xfernas', '0.1.0') AS versions,
  concat('data-', id DIV 1000 % 20) AS data_fingerprint, 'validation_accuracy' AS metric, false AS minimize
FROM (
  SELECT
    *, array('none', 'skip_connect', 'nor_conv_1x1', 'nor_conv_3x3', 'avg_pool_3x3') AS operations,
    pmod(xxhash64(id), 50) = 0 AS failed,
    90D - cell % 97 / 10 - pmod(xxhash64(id, 1), 1000) / 1000 AS accuracy
  FROM (SELECT id, CAST(pmod(xxhash64(id), 15625) AS INT) AS cell FROM ids)
)
