package io.tollgate.server.demo;

import io.tollgate.core.dialect.Family;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Makes a demo's calls, as an application's SDK would. Any thread; blocks until an answer's end. */
final class DemoCaller implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int READ_BEFORE_LEAVING = 2_000;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String gateway;

    /** To the gateway at this address. */
    DemoCaller(String gateway) {
        this.gateway = gateway;
    }

    /** Makes the n-th call of a scene; says how it went, in two words. */
    String call(DemoScene scene, int n) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + scene.path()))
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .header("x-tollgate-team", scene.team())
                .header("x-tollgate-feature", scene.feature())
                .header("x-tollgate-task", scene.task())
                .header("x-tollgate-environment", "demo")
                .POST(HttpRequest.BodyPublishers.ofString(scene.body().apply(n), StandardCharsets.UTF_8));
        sign(request, scene.family());
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (scene.leaves()) {
                    body.readNBytes(READ_BEFORE_LEAVING);
                    return "hung up";
                }
                body.readAllBytes();
            }
            return response.statusCode() == 200 ? "ok" : "error " + response.statusCode();
        } catch (IOException e) {
            return "failed: " + e.getMessage();
        }
    }

    /** The credentials an SDK would send. The gateway has none of its own here and passes them on. */
    private static void sign(HttpRequest.Builder request, Family family) {
        switch (family) {
            case OPENAI -> request.header("authorization", "Bearer demo");
            case ANTHROPIC -> request.header("x-api-key", "demo").header("anthropic-version", "2023-06-01");
            case GEMINI -> request.header("x-goog-api-key", "demo");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
