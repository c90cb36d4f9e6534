package io.tollgate.server.fakeprovider.traffic;

import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonTree;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request as it arrived. Filled by the connection's loop, then safe to read from any thread. */
public final class ReceivedRequest {
    private final long number;
    private final long connection;
    private final String method;
    private final String uri;
    private final List<Map.Entry<String, String>> headers;
    private final long nanos = System.nanoTime();
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private volatile byte[] body = new byte[0];
    private volatile boolean complete;
    private volatile @Nullable JsonObject json;

    /** A request whose head has arrived. */
    public ReceivedRequest(
            long number, long connection, String method, String uri, List<Map.Entry<String, String>> headers) {
        this.number = number;
        this.connection = connection;
        this.method = method;
        this.uri = uri;
        this.headers = List.copyOf(headers);
    }

    /** Its body has arrived, whole. */
    public void bodyArrived(byte[] arrived) {
        body = arrived;
        complete = true;
    }

    /** Its exchange is over. */
    public void ended(Ending how) {
        ending.complete(how);
    }

    /** Counts from 1 over all connections. */
    public long number() {
        return number;
    }

    /** The connection it came on; counts from 1. */
    public long connection() {
        return connection;
    }

    /** GET, POST … */
    public String method() {
        return method;
    }

    /** The request target as sent. */
    public String uri() {
        return uri;
    }

    /** The target without its query, as sent. */
    public String path() {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** The first value of a query parameter, decoded; null when absent. */
    public @Nullable String query(String name) {
        int query = uri.indexOf('?');
        if (query < 0) {
            return null;
        }
        for (String pair : uri.substring(query + 1).split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (key.equals(name)) {
                return equals < 0 ? "" : decoded(pair.substring(equals + 1));
            }
        }
        return null;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** All headers in order, names as sent. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** The first header of this name in any case, or null. */
    public @Nullable String header(String name) {
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue();
            }
        }
        return null;
    }

    /** All values of a header. */
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equalsIgnoreCase(name)) {
                values.add(header.getValue());
            }
        }
        return values;
    }

    /** The body; empty until it arrived. */
    public byte[] body() {
        return body;
    }

    /** The body as UTF-8. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as JSON; empty when it is no JSON object. */
    public JsonObject json() {
        JsonObject read = json;
        if (read == null) {
            JsonObject parsed = body.length == 0 ? null : JsonTree.read(body);
            read = parsed == null ? JsonObject.EMPTY : parsed;
            if (complete) {
                json = read;
            }
        }
        return read;
    }

    /** The model named in the body, or null. */
    public @Nullable String model() {
        return json().string("model");
    }

    /** Whether the whole body arrived. */
    public boolean complete() {
        return complete;
    }

    /** When its head arrived, by {@link System#nanoTime()}. */
    public long nanos() {
        return nanos;
    }

    /** How its exchange ended; not done before it has. */
    public CompletableFuture<Ending> ending() {
        return ending.copy();
    }

    /**
     * Waits for the end of the exchange.
     *
     * @throws AssertionError when it has not ended in this time
     */
    public Ending awaitEnding(Duration atMost) {
        try {
            return ending.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("request " + number + " to " + uri + " has not ended within " + atMost, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "request " + number + " on connection " + connection + ": " + method + " " + uri + " (" + body.length
                + " bytes" + (complete ? "" : ", incomplete") + ")";
    }
}
