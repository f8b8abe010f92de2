/**
 * Image tasks: readers of the official files, and what a search makes of them: a choice of classes,
 * a fixed split, the standardisation. Knows nothing of networks beyond the {@link
 * org.xfernas.models.network.ImageShape} that they take.
 */
package org.xfernas.models.dataset;
