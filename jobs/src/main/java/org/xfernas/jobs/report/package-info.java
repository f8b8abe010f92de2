/**
 * What a person looks at: drawings of cells. Depends on lib-search alone; jobs write what it makes.
 */
package org.xfernas.jobs.report;
