/**
 * Candidate networks: an architecture, a number of filters and repeats, and the shape of the images
 * make a DL4J graph. Depends on {@code layer} and on lib-search's spaces.
 */
package org.xfernas.models.network;
