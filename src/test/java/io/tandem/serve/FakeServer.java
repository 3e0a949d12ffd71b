package io.tandem.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks as TensorFlow Serving's REST interface does, as far as a request script sees it. */
final class FakeServer implements AutoCloseable {
  static final String REPLY = "{\"results\": [[[\"0\", 0.75], [\"1\", 0.25]]]}";

  private final HttpServer server;
  private final List<String> states;
  private final AtomicInteger asked = new AtomicInteger();
  private final Map<String, String> bodies = new ConcurrentHashMap<>();
  private volatile String refusal = "";

  /**
   * Starts it.
   *
   * @param states of the model's version, one for each time it is asked; the last one stays
   */
  FakeServer(String... states) throws IOException {
    this.states = List.of(states);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/models/tandem", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int colon = path.indexOf(':');
    byte[] body = exchange.getRequestBody().readAllBytes();
    String reply = REPLY;
    if (colon < 0) {
      String state = states.get(Math.min(asked.getAndIncrement(), states.size() - 1));
      reply = "{\"model_version_status\": [{\"version\": \"1\", \"state\": \"" + state + "\"}]}";
    } else {
      bodies.put(path.substring(colon + 1), new String(body, StandardCharsets.UTF_8));
    }
    boolean refused = colon >= 0 && !refusal.isEmpty();
    byte[] bytes = (refused ? refusal : reply).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(refused ? 400 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** From now on requests are refused, with this reply. */
  void refuse(String error) {
    refusal = error;
  }

  /** Host and port. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** How often the state was asked for. */
  int asked() {
    return asked.get();
  }

  /** What was last sent to a method, as JSON without spaces. */
  String received(String method) throws IOException {
    return new ObjectMapper().readTree(bodies.get(method)).toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
