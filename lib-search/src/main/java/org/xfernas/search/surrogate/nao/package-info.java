/**
 * NAO's encoder-predictor-decoder (Luo et al., "Neural Architecture Optimization", 2018): its
 * layers, from matrix products upwards, its training, and what it gives of an architecture: an
 * embedding, a prediction, and architectures decoded further up the predictor's slope. Depends on
 * {@code space}, {@code trial} and {@code surrogate}.
 */
package org.xfernas.search.surrogate.nao;
