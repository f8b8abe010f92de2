/**
 * What a search knows: proposals, trials with their results, and the history that optimizers learn
 * from. Depends on {@code space} alone.
 */
package org.xfernas.search.trial;
