/**
 * Data sets, candidate networks and their training, on DL4J. Depends on lib-search; knows nothing
 * of Spark.
 */
package org.xfernas.models;
