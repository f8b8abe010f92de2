package org.xfernas.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A page in headless Chromium, driven by the DevTools protocol. */
public final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Browser(Process process, Path profile, String address) {
    this.process = process;
    this.profile = profile;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Messages())
            .join();
  }

  /** Where Chromium is on this machine. */
  public static Optional<Path> chromium() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .flatMap(
            place ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens a file, and waits until its charts are drawn. */
  public static Browser open(Path chromium, Path page, Path directory)
      throws IOException, InterruptedException {
    Path profile = directory.resolve("profile");
    Process process =
        new ProcessBuilder(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("chromium.txt").toFile())
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> Files.exists(port) && Files.readAllLines(port).size() == 2);
    URI list =
        URI.create("http://127.0.0.1:%s/json/list".formatted(Files.readAllLines(port).get(0)));
    String pages =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    Browser browser =
        new Browser(
            process, profile, JSON.readTree(pages).get(0).get("webSocketDebuggerUrl").asText());
    for (String domain : List.of("Runtime", "Log", "Page")) {
      browser.call(domain + ".enable", Map.of());
    }
    browser.call("Page.navigate", Map.of("url", page.toUri().toString()));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                browser
                    .evaluate("document.documentElement?.hasAttribute('data-drawn') === true")
                    .asBoolean());
    return browser;
  }

  /** What the page said on its console, and what its policy forbade. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** The value of an expression in the page. */
  public JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(answer.get("exceptionDetails").toString());
    }
    return answer.get("result").path("value");
  }

  private JsonNode call(String method, Map<String, Object> parameters) {
    int id = calls.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    socket.sendText(message.toString(), true).join();
    return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public void close() throws InterruptedException, IOException {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    // These lead out of the directory, which the test removes.
    for (String link : List.of("SingletonSocket", "SingletonCookie", "SingletonLock")) {
      Files.deleteIfExists(profile.resolve(link));
    }
  }

  private final class Messages implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void take(String message) {
      JsonNode node;
      try {
        node = JSON.readTree(message);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      if (node.has("id")) {
        answers.remove(node.get("id").asInt()).complete(node.path("result"));
      } else if (List.of("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
          .contains(node.get("method").asText())) {
        complaints.add(message);
      }
    }
  }
}
