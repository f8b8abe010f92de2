/**
 * Architectures, the spaces they come from, their text, tokens and identity. Depends on nothing
 * else in the project.
 */
package org.xfernas.search.space;
