/**
 * The transfer network: surrogates and policies that learn from source tasks, the similarity of
 * sources and target, and the guard against sources that mislead. Depends on {@code surrogate} and
 * what that depends on.
 */
package org.xfernas.search.transfer;
