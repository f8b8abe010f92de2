/**
 * Who evaluates candidates: an interface, and the evaluation from an in-memory table under a
 * virtual clock. Depends on {@code space} and {@code trial}.
 */
package org.xfernas.search.evaluator;
