package io.tollgate.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.gateway.TestGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTokenTest {
    private static final String CONFIG = "admin: {port: 0, token: open-sesame}\n";

    private static HttpResponse<String> ask(TestGateway gateway, String method, String path, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(gateway.server().adminUrl() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return gateway.client().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void without_the_token_nothing_is_told_and_nothing_is_changed() throws Exception {
        try (TestGateway gateway = TestGateway.start(CONFIG)) {
            for (String path : List.of(
                    "/metrics",
                    "/api/v1/usage",
                    "/api/v1/requests",
                    "/api/v1/live",
                    "/api/v1/config",
                    "/api/v1/waste",
                    "/api/v1/openapi.json",
                    "/no/such/path")) {
                HttpResponse<String> answer = ask(gateway, "GET", path);
                assertThat(answer.statusCode()).as(path).isEqualTo(401);
                assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
                assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Bearer");
                assertThat(answer.body()).contains("admin.token").doesNotContain("open-sesame");
            }
            assertThat(ask(gateway, "POST", "/api/v1/config/reload").statusCode())
                    .isEqualTo(401);
            assertThat(ask(gateway, "DELETE", "/api/v1/cache").statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wrong",
                "Bearer open-sesame2",
                "Bearer open-sesam",
                "bearer",
                "Bearer ",
                "Basic open-sesame",
                "open-sesame"
            })
    void a_wrong_token_is_as_good_as_none(String authorization) throws Exception {
        try (TestGateway gateway = TestGateway.start(CONFIG)) {
            assertThat(ask(gateway, "GET", "/api/v1/usage", "authorization", authorization)
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void with_the_token_all_is_open_and_health_and_the_bare_page_are_for_everyone() throws Exception {
        try (TestGateway gateway = TestGateway.start(CONFIG)) {
            for (String path : List.of("/metrics", "/api/v1/usage", "/api/v1/budgets", "/api/v1/waste")) {
                assertThat(ask(gateway, "GET", path, "authorization", "Bearer open-sesame")
                                .statusCode())
                        .as(path)
                        .isEqualTo(200);
            }
            for (String path : List.of("/", "/dashboard/app.js", "/health/liveness", "/health/readiness")) {
                assertThat(ask(gateway, "GET", path).statusCode()).as(path).isEqualTo(200);
            }
        }
    }
}
