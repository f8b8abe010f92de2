package org.xfernas.jobs.config;

import java.io.Serializable;

/**
 * A size in a configuration, such as {@code 512m} or {@code 2g}.
 *
 * @param bytes of it
 */
public record MemorySize(long bytes) implements Serializable {}
