package org.xfernas.search.run;

/**
 * What a search took of a source task.
 *
 * @param task its name
 * @param evaluations results that are learnt from, failed ones included
 * @param kept share of the source's results that these were made of; the rest does not fit the
 *     space of the search
 */
public record SourceUse(String task, int evaluations, double kept) {}
