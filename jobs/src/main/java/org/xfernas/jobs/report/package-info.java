/**
 * What a job leaves for people and scripts: drawings of cells, and the file of its summary. Depends
 * on lib-search alone.
 */
package org.xfernas.jobs.report;
