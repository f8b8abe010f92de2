package org.xfernas.search.space;

/**
 * One point of a search space: immutable, equal by value, with a canonical text form. The text is
 * what is stored and looked up; what two texts have in common as functions is their {@link
 * ArchitectureId}.
 */
public sealed interface Architecture permits EdgeCell, BlockCells {

  /** The text that {@link SearchSpace#parse} reads back to an equal architecture. */
  String text();
}
