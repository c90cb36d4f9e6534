package io.tollgate.server.e2e;

import static io.tollgate.server.e2e.Calls.CHAT;
import static io.tollgate.server.e2e.Calls.PLAIN;
import static io.tollgate.server.e2e.Calls.STREAMED;
import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.FakeProviderOptions;
import io.tollgate.server.fakeprovider.behaviour.StepStream;
import io.tollgate.server.fakeprovider.traffic.Ending;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import io.tollgate.server.serve.Wiring;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** TLS on both sides: callers choose HTTP/2 or HTTP/1.1 by ALPN, and a provider must prove who it is. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class TlsTest {
    private static TestGateway gateway;
    private static Certificate certificate;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        certificate = new Certificate();
        gateway = gateway(certificate);
        client = HttpClient.newBuilder().sslContext(certificate.trusting()).build();
    }

    private static TestGateway gateway(Certificate providers) throws Exception {
        return TestGateway.start(
                """
                server: {port: 0, tls: {cert: "%s", key: "%s"}}
                providers:
                  openai: {dialect: openai, base_url: PROVIDER, timeouts: {connect: 20s}}
                """.formatted(certificate.chain(), certificate.key()),
                FakeProvider.start(FakeProviderOptions.standard().withTls(providers.server())),
                wiring -> new Wiring(
                        wiring.clock(),
                        wiring.ticker(),
                        null,
                        certificate.chain(),
                        wiring.drainLimit(),
                        wiring.patience()));
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
    }

    @AfterEach
    void nothing_is_left_under_way() {
        Calls.assertIdle(gateway);
    }

    private static HttpRequest request(TestGateway to, String body, Version version) {
        return HttpRequest.newBuilder(URI.create(to.url() + CHAT))
                .version(version)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    @Test
    void callers_get_the_protocol_they_choose() throws Exception {
        for (Version version : Version.values()) {
            HttpResponse<String> response = client.send(request(gateway, STREAMED, version), BodyHandlers.ofString());
            assertThat(response.version()).isEqualTo(version);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).endsWith("data: [DONE]\n\n");
            assertThat(gateway.row(response).status()).isEqualTo(200);
        }
    }

    @Test
    void a_hundred_calls_at_once_share_connections_on_both_sides() throws Exception {
        long before = gateway.provider().connectionsOpened();
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String body = i % 2 == 0 ? STREAMED : PLAIN;
            calls.add(client.sendAsync(request(gateway, body, Version.HTTP_2), BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            assertThat(call.get().statusCode()).as(call.get().body()).isEqualTo(200);
        }
        assertThat(gateway.provider().connectionsOpened() - before).isLessThanOrEqualTo(100);
    }

    @Test
    void a_caller_that_leaves_its_stream_cancels_the_call() throws Exception {
        StepStream steps = gateway.provider().stepNext();
        var call = client.sendAsync(request(gateway, STREAMED, Version.HTTP_2), BodyHandlers.ofInputStream());
        steps.head();
        steps.send(steps.events().getFirst());
        call.get().body().close();
        assertThat(steps.request().awaitEnding(SOON).kind()).isEqualTo(Ending.Kind.PEER_CLOSED);
    }

    @Test
    void plain_text_on_the_tls_port_closes_the_connection() throws Exception {
        try (RawCaller caller = new RawCaller(gateway.port())) {
            caller.say("GET /health/liveness HTTP/1.1\r\nhost: x\r\n\r\n");
            assertThat(caller.readAll()).doesNotContain("HTTP/1.1 200");
        }
    }

    @Test
    void a_provider_that_cannot_prove_who_it_is_gets_no_request() throws Exception {
        try (TestGateway fooled = gateway(new Certificate())) {
            HttpResponse<String> response =
                    client.send(request(fooled, PLAIN, Version.HTTP_1_1), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(response.body()).contains("upstream_error");
            assertThat(fooled.provider().requests().total()).isZero();
        }
    }
}
