package io.tollgate.budget.alerts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A receiver of web hooks that answers as it was told, in this order, and with 204 when nothing is left. */
public final class Receiver implements AutoCloseable {
    /** One request it got. */
    public record Got(String eventId, String signature, String body) {}

    /** Hold the request without an answer until the receiver is closed. */
    public static final int HANG = -1;

    /** Break the connection. */
    public static final int RESET = -2;

    private final HttpServer server;
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public Receiver(Integer... first) {
        statuses.addAll(List.of(first));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        got.add(new Got(
                exchange.getRequestHeaders().getFirst("x-tollgate-event-id"),
                exchange.getRequestHeaders().getFirst("x-tollgate-signature"),
                body));
        Integer status = statuses.poll();
        if (status != null && status == HANG) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else if (status == null || status != RESET) {
            if (status != null && status == 429) {
                exchange.getResponseHeaders().set("retry-after", "1");
            }
            if (status != null && status == 302) {
                exchange.getResponseHeaders().set("location", url() + "/elsewhere");
            }
            exchange.sendResponseHeaders(status == null ? 204 : status, -1);
        }
        exchange.close();
    }

    public void next(Integer... more) {
        statuses.addAll(List.of(more));
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook/very-secret-path";
    }

    public List<Got> got() {
        return got;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
