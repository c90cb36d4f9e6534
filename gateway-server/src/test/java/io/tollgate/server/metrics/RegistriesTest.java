package io.tollgate.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RegistriesTest {
    @Test
    void metrics_are_pushed_as_otlp_where_a_receiver_is_configured() throws Exception {
        AtomicReference<String> received = new AtomicReference<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/metrics", exchange -> {
            received.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort());
            try (Registries registries = new Registries(url)) {
                registries.all().counter("tollgate.tokens", "kind", "input").increment(7);
                assertThat(registries.scrape()).contains("tollgate_tokens_total{kind=\"input\"} 7.0");
            }
            await().until(() -> received.get() != null);
            assertThat(received.get()).contains("tollgate.tokens").contains("service.name");
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void without_a_receiver_there_is_prometheus_alone() {
        try (Registries registries = new Registries(null)) {
            registries.all().counter("tollgate.requests").increment();
            assertThat(registries.scrape()).contains("tollgate_requests_total 1.0");
        }
    }
}
