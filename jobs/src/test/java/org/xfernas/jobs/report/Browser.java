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

  private static final String OVERLAPS =
      """
      (() => {
        const texts = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const node = walker.currentNode, element = node.parentElement;
          if (!node.textContent.trim() || !element.checkVisibility({ opacityProperty: true }) || element.closest("script")) continue;
          const range = document.createRange();
          range.selectNodeContents(node);
          // What is outside of a region that scrolls is not seen.
          const seen = element.closest(".scroll")?.getBoundingClientRect() ?? { left: -1e9, right: 1e9, top: -1e9, bottom: 1e9 };
          for (const { left, right, top, bottom } of element.closest("svg") ? [element.getBoundingClientRect()] : range.getClientRects()) {
            const box = { element, text: node.textContent.trim(), left: Math.max(left, seen.left), right: Math.min(right, seen.right), top: Math.max(top, seen.top), bottom: Math.min(bottom, seen.bottom) };
            if (box.left < box.right && box.top < box.bottom) texts.push(box);
          }
        }
        const within = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
        return texts.flatMap((a, i) => texts.slice(i + 1).filter(b => a.element !== b.element && within(a, b)).map(b => a.text + " / " + b.text));
      })()
      """;
  private static final String LEAST_CONTRAST =
      """
      (() => {
        const parts = text => (text.match(/[\\d.]+/g) ?? []).map(Number);
        const luminance = ([r, g, b]) => [r, g, b].map(part => part / 255)
          .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
          .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
        const behind = element => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          const x = (left + right) / 2, y = (top + bottom) / 2;
          const cell = [...element.closest("svg")?.querySelectorAll(".mark-rect path") ?? []].find(path => {
            const box = path.getBoundingClientRect();
            return box.left < x && x < box.right && box.top < y && y < box.bottom;
          });
          if (cell) return parts(getComputedStyle(cell).fill);
          for (let one = element; one; one = one.parentElement) {
            const colour = parts(getComputedStyle(one).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour;
          }
          return [255, 255, 255];
        };
        let least = { contrast: 21, text: "" };
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const element = walker.currentNode.parentElement, style = getComputedStyle(element);
          const text = walker.currentNode.textContent.trim();
          if (!text || !element.checkVisibility() || element.closest("script")) continue;
          const fill = element.closest("svg") ? parts(style.fill) : [];
          const [low, high] = [fill.length > 0 ? fill : parts(style.color), behind(element)].map(luminance).sort((a, b) => a - b);
          const contrast = (high + 0.05) / (low + 0.05);
          if (contrast < least.contrast) least = { contrast, text };
        }
        return least;
      })()
      """;

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
    browser.awaitCharts();
    return browser;
  }

  private void awaitCharts() {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                evaluate("document.documentElement?.hasAttribute('data-drawn') === true")
                    .asBoolean());
  }

  /** Opens the page anew on a screen of so many pixels, and waits until its charts are drawn. */
  public void reload(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    evaluate("document.documentElement.removeAttribute('data-drawn')");
    call("Page.reload", Map.of());
    awaitCharts();
  }

  /**
   * Shows the page as if on this medium.
   *
   * @param medium {@code screen} or {@code print}
   * @param scheme of colours that its reader prefers, {@code light} or {@code dark}
   */
  public void show(String medium, String scheme) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            medium,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Prints the page to nowhere. */
  public void print() {
    call("Page.printToPDF", Map.of("transferMode", "ReturnAsStream"));
  }

  /** Presses Tab until something is in focus that this selector describes. */
  public void tabTo(String selector) {
    for (int i = 0; i < 200; i++) {
      press("Tab", 9, "");
      if (evaluate("document.activeElement.matches(\"%s\")".formatted(selector)).asBoolean()) {
        return;
      }
    }
    throw new AssertionError("Tab does not reach " + selector);
  }

  /** Presses Enter. */
  public void enter() {
    press("Enter", 13, "\r");
  }

  private void press(String key, int code, String text) {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type", type, "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text));
    }
  }

  /** Types a text into what is in focus. */
  public void type(String text) {
    call("Input.insertText", Map.of("text", text));
  }

  /** Texts of the page that cover each other, those of charts too. */
  public JsonNode overlaps() {
    return evaluate(OVERLAPS);
  }

  /** The least contrast of a text with what is behind it, and that text; 1 is none, 21 is most. */
  public JsonNode leastContrast() {
    return evaluate(LEAST_CONTRAST);
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
