package org.xfernas.search;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A seed from which others are derived by name. A child depends on its parent's value and its path
 * alone, so that partitioning, retries and resumes change no random number.
 *
 * @param value the 64 bits that start a generator
 */
public record Seed(long value) {

  /** The seed named by {@code path} below this one; equal in every process. */
  public Seed child(Object... path) {
    MessageDigest digest = Sha256.digest();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    for (Object part : path) {
      byte[] name = part.toString().getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
      digest.update(name);
    }
    return new Seed(ByteBuffer.wrap(digest.digest()).getLong());
  }

  /** A new generator that starts at this seed. */
  public RandomGenerator generator() {
    return new SplittableRandom(value);
  }
}
