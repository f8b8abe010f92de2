/** The jobs that a user submits, one package each. Depends on everything else in the project. */
package org.xfernas.jobs;
