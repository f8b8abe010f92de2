package org.xfernas.jobs.table;

import java.util.OptionalDouble;

/**
 * An architecture that was evaluated, as a table has it.
 *
 * @param architecture its text
 * @param value of the guiding metric; empty where the evaluation failed
 */
public record EvaluatedText(String architecture, OptionalDouble value) {}
