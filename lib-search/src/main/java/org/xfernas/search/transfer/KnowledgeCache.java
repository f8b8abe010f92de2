package org.xfernas.search.transfer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.CellFeatures;

/**
 * Keeps what is costly to learn from sources or of a space, so that searches which share it learn
 * it once. It saves time and nothing else. The least recently used is forgotten first.
 */
public final class KnowledgeCache {
  private static final int ENTRIES = 8;

  private final CellFeatures.Columns columns;
  private final Map<Object, CompletableFuture<Object>> entries =
      new LinkedHashMap<>(ENTRIES, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, CompletableFuture<Object>> eldest) {
          return size() > ENTRIES;
        }
      };

  /** A cache of searches whose architectures have no further columns of features. */
  public KnowledgeCache() {
    this(CellFeatures.Columns.NONE);
  }

  /**
   * A cache.
   *
   * @param columns of features, beside the structural ones, of all that is kept
   */
  public KnowledgeCache(CellFeatures.Columns columns) {
    this.columns = columns;
  }

  /** The features of a space's architectures. */
  public CellFeatures features(SearchSpace space) {
    return get(space, CellFeatures.class, () -> new CellFeatures(space, columns));
  }

  /**
   * What is kept under a key, made where it is not there. Values of different keys are made side by
   * side, and whoever asks for one that is being made waits for it.
   *
   * @param key everything that the value depends on, equal by value
   * @param type of the value; the same key may stand for one value of each type
   * @param make the value
   * @throws IllegalStateException where this thread is interrupted while it waits, which it remains
   */
  public <T> T get(Object key, Class<T> type, Supplier<T> make) {
    Map.Entry<Object, Class<T>> typed = Map.entry(key, type);
    CompletableFuture<Object> made = new CompletableFuture<>();
    CompletableFuture<Object> known;
    synchronized (entries) {
      known = entries.get(typed);
      if (known == null) {
        entries.put(typed, made);
      }
    }
    if (known != null) {
      return type.cast(joined(known));
    }
    try {
      T value = make.get();
      made.complete(value);
      return value;
    } catch (RuntimeException | Error failure) {
      made.completeExceptionally(failure);
      synchronized (entries) {
        entries.remove(typed, made);
      }
      throw failure;
    }
  }

  /** The value; the same exception as the maker's where it could not be made. */
  private static Object joined(CompletableFuture<Object> made) {
    try {
      return made.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot wait for what another search learns: interrupted", e);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (failure.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(failure);
    }
  }
}
