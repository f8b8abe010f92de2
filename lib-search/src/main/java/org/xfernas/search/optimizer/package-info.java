/**
 * Who proposes the next candidates. Depends on {@code space}, {@code trial}, {@code surrogate} and
 * {@code transfer}.
 */
package org.xfernas.search.optimizer;
