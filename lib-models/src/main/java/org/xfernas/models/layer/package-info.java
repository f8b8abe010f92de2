/**
 * Cells as vertices of a DL4J graph. A {@link org.xfernas.models.layer.CellVertex} carries a {@link
 * org.xfernas.models.layer.CellGraph}, a small program of {@link
 * org.xfernas.models.layer.Operation}s; at the first pass of each batch size {@link
 * org.xfernas.models.layer.PlanBuilder} turns it into a {@link org.xfernas.models.layer.CellPlan}:
 * a fixed list of libnd4j operations over buffers that are allocated once, channels last (NHWC).
 * Depends on DL4J and on lib-search's seeds; knows nothing of architectures.
 */
package org.xfernas.models.layer;
