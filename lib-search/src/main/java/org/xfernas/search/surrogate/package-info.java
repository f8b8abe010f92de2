/**
 * Models that predict the score of an architecture from trials. Depends on {@code space} and {@code
 * trial}.
 */
package org.xfernas.search.surrogate;
