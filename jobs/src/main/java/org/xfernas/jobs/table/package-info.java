/**
 * The tables in which everything that is known outlives its process, one class per table. Iceberg
 * keeps them, in Parquet files. Depends on {@code config}.
 */
package org.xfernas.jobs.table;
