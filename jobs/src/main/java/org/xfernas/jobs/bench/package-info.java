/** The job that measures speed. Depends on lib-models, which has the measurements. */
package org.xfernas.jobs.bench;
