/**
 * The trial worker: a JVM of its own that trains candidates, one after the other, for the Spark
 * task that supervises it, and the protocol that the two speak. Knows nothing of Spark; {@code
 * cluster} depends on it.
 */
package org.xfernas.jobs.worker;
