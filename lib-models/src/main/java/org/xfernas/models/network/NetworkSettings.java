package org.xfernas.models.network;

/**
 * Size of a candidate network.
 *
 * @param filters of the first cells (F; C of an edge cell's skeleton), doubled at each reduction
 * @param repeats cells between two reductions (N)
 */
public record NetworkSettings(int filters, int repeats) {}
