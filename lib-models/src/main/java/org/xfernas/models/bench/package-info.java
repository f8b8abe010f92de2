/**
 * Measurements of training speed. Depends on {@code network} and {@code layer}; nothing depends on
 * it but the job that runs it.
 */
package org.xfernas.models.bench;
