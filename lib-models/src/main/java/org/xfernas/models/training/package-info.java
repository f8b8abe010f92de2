/**
 * How a candidate is trained and measured: protocol, augmentation, and the trainer that reports
 * every epoch. Depends on {@code dataset} and {@code network}.
 */
package org.xfernas.models.training;
