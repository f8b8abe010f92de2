/**
 * Policies that draw architectures decision by decision, in the form of the transfer network:
 * universal plus residual logits. Depends on {@code space}, {@code trial}, {@code surrogate} and
 * {@code transfer}.
 */
package org.xfernas.search.transfer.policy;
