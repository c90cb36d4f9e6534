package io.tollgate.server.e2e;

import static io.tollgate.server.e2e.Calls.CHAT;
import static io.tollgate.server.e2e.Calls.GENERATE;
import static io.tollgate.server.e2e.Calls.MESSAGES;
import static io.tollgate.server.e2e.Calls.PLAIN;
import static io.tollgate.server.e2e.Calls.STREAMED;
import static io.tollgate.server.e2e.Calls.TO_CLAUDE;
import static io.tollgate.server.e2e.Calls.TO_GEMINI;
import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.identity.KeyDigest;
import io.tollgate.server.accesslog.AccessFormat;
import io.tollgate.server.accesslog.AccessLog;
import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import io.tollgate.server.gateway.RawAnswer;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys admit, limit and tag; nobody beyond the gateway, and no log or metric, ever sees one. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class VirtualKeyTest {
    private static final String KEY = "tg-live-4f9c2a7be1d0";
    private static final String OLD = "tg-old-77aa55cc33ee";
    private static final String OPEN_PROVIDER_KEY = "sk-callers-own-credential";
    private static final ByteArrayOutputStream LOG = new ByteArrayOutputStream();

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start(
                """
                providers:
                  openai: {dialect: openai, base_url: PROVIDER, api_key: sk-houses-own}
                  anthropic: {dialect: anthropic, base_url: PROVIDER, api_key: sk-ant-houses-own}
                  gemini: {dialect: gemini, base_url: PROVIDER, api_key: AIza-houses-own}
                  keyless: {dialect: openai, base_url: PROVIDER}
                  googlish: {dialect: gemini, base_url: PROVIDER}
                keys:
                  - {id: checkout, hash: "%s", tags: {team: checkout, environment: prod}, allow_models: ["gpt-4o*", "claude-*", "gemini-*"]}
                  - {id: retired, hash: "%s", expires: 2020-01-01}
                """.formatted(hash(KEY), hash(OLD)),
                FakeProvider.start(),
                wiring -> wiring.with(new AccessLog(AccessFormat.JSON, LOG)));
    }

    @AfterAll
    static void stop() throws Exception {
        String metrics = gateway.get(gateway.server().adminUrl() + "/metrics").body();
        gateway.close();
        String log = LOG.toString(StandardCharsets.UTF_8);
        assertThat(log).contains("\"key\":\"checkout\"");
        for (String secret : new String[] {KEY, OLD, OPEN_PROVIDER_KEY, "houses-own"}) {
            assertThat(log).doesNotContain(secret);
            assertThat(metrics).doesNotContain(secret);
        }
    }

    @BeforeEach
    void forget() {
        gateway.provider().reset();
    }

    private static String hash(String key) {
        return "sha256:" + HexFormat.of().formatHex(KeyDigest.of(key));
    }

    private static void assertNotForwarded() {
        ReceivedRequest received = gateway.provider().requests().last();
        assertThat(received.uri()).doesNotContain(KEY);
        assertThat(received.headers()).noneMatch(header -> header.getValue().contains(KEY));
        assertThat(received.headers())
                .noneMatch(header ->
                        header.getKey().toLowerCase(java.util.Locale.ROOT).startsWith("x-tollgate-"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-tollgate-key: ",
                "X-Tollgate-Key: ",
                "Authorization: Bearer ",
                "authorization: bearer ",
                "AUTHORIZATION: BEARER ",
                "x-api-key: ",
                "X-Api-Key: ",
                "x-goog-api-key: ",
                "X-Goog-Api-Key: ",
                "api-key: ",
                "Api-Key: "
            })
    void a_key_is_taken_from_each_place_and_stays_here(String place) throws Exception {
        try (RawCaller caller = new RawCaller(gateway.port())) {
            for (String path : new String[] {CHAT, "/keyless" + CHAT}) {
                RawAnswer answer = caller.post(path, PLAIN, place + KEY).answer();
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                assertNotForwarded();
            }
            assertThat(gateway.provider().requests().last().header("authorization"))
                    .isNull();
        }
    }

    @Test
    void the_houses_credential_replaces_the_key() throws Exception {
        gateway.post(CHAT, PLAIN, "authorization", "Bearer " + KEY);
        assertThat(gateway.provider().requests().last().headers("authorization"))
                .containsExactly("Bearer sk-houses-own");
        gateway.post(MESSAGES, TO_CLAUDE, "x-api-key", KEY, "anthropic-version", "2023-06-01");
        assertThat(gateway.provider().requests().last().headers("x-api-key")).containsExactly("sk-ant-houses-own");
        gateway.post(GENERATE, TO_GEMINI, "x-goog-api-key", KEY);
        assertThat(gateway.provider().requests().last().headers("x-goog-api-key"))
                .containsExactly("AIza-houses-own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?key=", "?alt=sse&key=", "?key=KEY&key=", "?%6bey=", "?alt=sse&Key=", "?%24key="})
    void a_key_in_the_query_stays_here_too(String query) throws Exception {
        for (String prefix : new String[] {"", "/googlish"}) {
            String path = prefix + GENERATE + query.replace("KEY", KEY) + KEY + "&x=1";
            HttpResponse<String> response = gateway.post(path, TO_GEMINI);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertNotForwarded();
            assertThat(gateway.provider().requests().last().uri()).endsWith("x=1");
        }
    }

    @Test
    void a_callers_own_credential_passes_where_the_house_has_none() throws Exception {
        HttpResponse<String> response = gateway.post(
                "/keyless" + CHAT, PLAIN, "x-tollgate-key", KEY, "authorization", "Bearer " + OPEN_PROVIDER_KEY);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(gateway.provider().requests().last().headers("authorization"))
                .containsExactly("Bearer " + OPEN_PROVIDER_KEY);
        assertNotForwarded();
    }

    @Test
    void a_key_said_twice_stays_here_twice() throws Exception {
        try (RawCaller caller = new RawCaller(gateway.port())) {
            RawAnswer answer = caller.post(
                            "/keyless" + CHAT,
                            PLAIN,
                            "X-Tollgate-Key: " + KEY,
                            "Authorization: Bearer " + OPEN_PROVIDER_KEY,
                            "Authorization: Bearer " + KEY,
                            "X-Api-Key: " + KEY)
                    .answer();
            assertThat(answer.status()).as(answer.text()).isIn(200, 400);
            if (answer.status() == 200) {
                assertNotForwarded();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, invalid_api_key",
        "/v1/responses, invalid_api_key",
        "/v1/messages, authentication_error",
        "/anthropic/v1/files, authentication_error",
        "/v1beta/models/gemini-2.5-flash:generateContent, UNAUTHENTICATED"
    })
    void a_wrong_key_an_old_one_and_none_are_a_401_in_the_callers_dialect(String path, String word) throws Exception {
        for (String[] headers :
                new String[][] {{}, {"x-api-key", "wrong"}, {"x-tollgate-key", OLD}, {"authorization", "Basic eA=="}}) {
            HttpResponse<String> response = gateway.post(path, PLAIN, headers);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.body()).contains(word).doesNotContain(OLD).doesNotContain("wrong");
        }
        assertThat(gateway.provider().requests().total()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, permission_error",
        "/v1/messages, permission_error",
        "/v1beta/models/other:generateContent, PERMISSION_DENIED",
        "/openai/v1/files, permission_error"
    })
    void a_model_the_key_may_not_use_is_a_403_and_a_tunnel_is_no_way_round(String path, String word) throws Exception {
        String body = "{\"model\":\"o1-pro\",\"max_tokens\":1,\"messages\":[],\"contents\":[]}";
        HttpResponse<String> response =
                gateway.post(path, path.contains("models") ? TO_GEMINI : body, "x-tollgate-key", KEY);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
        assertThat(response.body()).contains(word).contains("checkout");
        assertThat(gateway.provider().requests().total()).isZero();
    }

    @Test
    void the_keys_own_tags_win_over_what_headers_say() throws Exception {
        HttpResponse<String> response = gateway.post(
                CHAT, STREAMED, "x-tollgate-key", KEY, "x-tollgate-team", "thieves", "x-tollgate-feature", "search");
        var row = gateway.row(response);
        assertThat(row.key()).isEqualTo("checkout");
        assertThat(row.tags().asMap())
                .isEqualTo(Map.of("team", "checkout", "environment", "prod", "feature", "search"));
    }

    @Test
    void other_gateways_headers_are_read_as_tags_and_the_nearer_one_counts() throws Exception {
        HttpResponse<String> response = gateway.post(
                CHAT,
                PLAIN,
                "x-tollgate-key",
                KEY,
                "Helicone-Property-Feature",
                "far",
                "Helicone-User-Id",
                "u1",
                "Helicone-Session-Id",
                "s1",
                "x-portkey-metadata",
                "{\"_user\":\"u2\",\"region\":\"eu\"}",
                "x-litellm-tags",
                "beta,tier:gold",
                "cf-aig-metadata",
                "{\"tenant\":42,\"trial\":true}",
                "x-tollgate-tags",
                "feature=near,cell=7",
                "x-tollgate-task",
                "code");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(gateway.row(response).tags().asMap())
                .containsEntry("feature", "near")
                .containsEntry("session", "s1")
                .containsEntry("region", "eu")
                .containsEntry("beta", "true")
                .containsEntry("tier", "gold")
                .containsEntry("tenant", "42")
                .containsEntry("trial", "true")
                .containsEntry("cell", "7")
                .containsEntry("task", "code")
                .containsEntry("team", "checkout")
                .containsKey("user");
        assertNotForwarded();
    }

    @Test
    void a_query_never_reaches_the_log() throws IOException, InterruptedException, Exception {
        gateway.post(GENERATE + "?key=" + KEY, TO_GEMINI);
        gateway.post(GENERATE + "?%6bey=" + KEY, TO_GEMINI);
        await().atMost(SOON).until(() -> LOG.toString(StandardCharsets.UTF_8).contains("generateContent"));
        assertThat(LOG.toString(StandardCharsets.UTF_8)).doesNotContain("key=", "%6bey", KEY);
    }
}
