package io.tollgate.server.fakeprovider;

import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The JDK's client, as the tests use it: plain JSON in, JSON or events out. */
final class ProviderClient {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    ProviderClient(FakeProvider provider) {
        this.url = provider.url();
    }

    HttpResponse<byte[]> post(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static JsonObject json(HttpResponse<byte[]> response) {
        return Objects.requireNonNull(JsonTree.read(response.body()), () -> "no JSON: " + text(response));
    }

    /** The JSON of each event's data line; the ones that are no JSON are left out. */
    static List<JsonObject> events(HttpResponse<byte[]> response) {
        List<JsonObject> events = new ArrayList<>();
        for (String line : text(response).split("\r?\n")) {
            if (line.startsWith("data: ")) {
                JsonObject event = JsonTree.read(line.substring(6).getBytes(StandardCharsets.UTF_8));
                if (event != null) {
                    events.add(event);
                }
            }
        }
        return events;
    }
}
