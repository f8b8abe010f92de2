/**
 * What a job leaves for people and scripts: drawings of cells, tests of paired results, pages with
 * charts, whose templates are in {@code src/main/jte}, and the file of its summary. Depends on
 * lib-search alone.
 */
package org.xfernas.jobs.report;
