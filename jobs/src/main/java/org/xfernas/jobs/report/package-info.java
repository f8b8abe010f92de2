/**
 * What a job leaves for people and scripts: drawings of cells, tests of paired results, and the
 * file of its summary. Depends on lib-search alone.
 */
package org.xfernas.jobs.report;
