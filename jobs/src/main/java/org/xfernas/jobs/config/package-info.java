/**
 * From a configuration in HOCON to the records that jobs work with: every problem is found before
 * anything is started, and all are reported together. Depends on the contract of the jobs alone.
 */
package org.xfernas.jobs.config;
