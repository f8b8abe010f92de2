package org.xfernas.search.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KnowledgeCacheTest {
  private final KnowledgeCache cache = new KnowledgeCache();

  @Test
  void makesValuesOfDifferentKeysSideBySide() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<String>> made =
          threads.invokeAll(
              List.of(
                  () -> cache.get("one", String.class, () -> met(both, "1")),
                  () -> cache.get("two", String.class, () -> met(both, "2"))));

      assertThat(made.get(0).get()).isEqualTo("1");
      assertThat(made.get(1).get()).isEqualTo("2");
    } finally {
      threads.shutdownNow();
    }
  }

  private static String met(CyclicBarrier both, String value) {
    try {
      both.await(1, TimeUnit.MINUTES);
    } catch (Exception missing) {
      throw new IllegalStateException("the other value is not being made", missing);
    }
    return value;
  }

  @Test
  void makesAValueOnceForAllWhoAskForIt() throws Exception {
    AtomicInteger times = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Integer> ask = () -> cache.get("key", Integer.class, times::incrementAndGet);
      for (Future<Integer> number : threads.invokeAll(List.of(ask, ask, ask, ask))) {
        assertThat(number.get()).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whoWaitsForAValueCanBeInterrupted() throws Exception {
    CountDownLatch making = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<String> made =
          threads.submit(() -> cache.get("key", String.class, () -> madeOnce(making, asked)));
      assertThat(making.await(1, TimeUnit.MINUTES)).isTrue();
      Future<Boolean> waiting =
          threads.submit(
              () -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> cache.get("key", String.class, () -> "another"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("interrupted");
                return Thread.currentThread().isInterrupted();
              });
      assertThat(waiting.get(1, TimeUnit.MINUTES)).as("it remains interrupted").isTrue();
      asked.countDown();
      assertThat(made.get()).as("who makes it is left alone").isEqualTo("value");
    } finally {
      threads.shutdownNow();
    }
  }

  private static String madeOnce(CountDownLatch making, CountDownLatch asked) {
    making.countDown();
    try {
      asked.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody asked", e);
    }
    return "value";
  }

  @Test
  void makesAValueAgainThatCouldNotBeMade() {
    assertThatThrownBy(
            () ->
                cache.get(
                    "key",
                    String.class,
                    () -> {
                      throw new IllegalStateException("no value");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no value");

    assertThat(cache.get("key", String.class, () -> "value")).isEqualTo("value");
  }
}
