/**
 * Transfer neural architecture search without an engine: architectures and their spaces ({@code
 * space}), what is known of them ({@code trial}), who proposes the next ({@code optimizer}), who
 * evaluates it ({@code evaluator}), and the loop that ties them together ({@code run}).
 * Dependencies go that way and no other; nothing here knows Spark, Hadoop or DL4J.
 */
package org.xfernas.search;
