package io.tollgate.server.e2e;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.exchange.End;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageSource;
import io.tollgate.server.gateway.RawAnswer;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In front of a second upstream that somebody else wrote, so that our own fake provider's habits are not the only ones. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class WireMockUpstreamTest {
    private static final String PATH = "/v1/chat/completions";
    private static final String ASKED = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAMED = ASKED.replace("\"messages\"", "\"stream\":true,\"messages\"");
    private static final String ANSWER =
            "{\"id\":\"c1\",\"model\":\"gpt-4o\",\"choices\":[{\"message\":{\"content\":\"Grüße\"},"
                    + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":5,\"total_tokens\":17,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":4}}}";
    private static final String TEXT = "data: {\"id\":\"c1\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":"
            + "{\"content\":\"Grüße \"},\"finish_reason\":null}],\"usage\":null}\n\n";
    private static final String TOLD = "data: {\"id\":\"c1\",\"model\":\"gpt-4o\",\"choices\":[],\"usage\":"
            + "{\"prompt_tokens\":12,\"completion_tokens\":5,\"total_tokens\":17}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private static WireMockServer upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
        upstream.start();
        gateway = TestGateway.start("providers:\n  openai: {dialect: openai, base_url: \"" + upstream.baseUrl()
                + "\", api_key: sk-upstream}\n");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.stop();
    }

    @BeforeEach
    void forget() {
        upstream.resetAll();
    }

    private static void answer(ResponseDefinitionBuilder answer) {
        upstream.stubFor(any(anyUrl()).willReturn(answer));
    }

    @Test
    void a_plain_answer_is_passed_on_metered_and_priced() throws Exception {
        answer(aResponse().withHeader("content-type", "application/json").withBody(ANSWER));
        HttpResponse<String> response = gateway.post(PATH, ASKED, "authorization", "Bearer of-the-caller");
        assertThat(response.body()).isEqualTo(ANSWER);
        assertThat(response.headers().firstValue("x-tollgate-cost-usd")).isPresent();
        UsageRow row = gateway.row(response);
        assertThat(row.metered().report().usage()).isEqualTo(new Usage(8, 4, 0, 0, 5, 0, 0, 0, 0, 0));
        assertThat(row.metered().report().source()).isEqualTo(UsageSource.PROVIDER);
        upstream.verify(postRequestedFor(urlEqualTo(PATH))
                .withHeader("authorization", equalTo("Bearer sk-upstream"))
                .withHeader("accept-encoding", equalTo("identity"))
                .withHeader("x-tollgate-request-id", absent())
                .withRequestBody(equalTo(ASKED)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 61})
    void a_stream_in_pieces_cut_anywhere_arrives_whole_without_the_usage_nobody_asked_for(int pieces) throws Exception {
        String stream = TEXT.repeat(3) + TOLD + DONE;
        answer(aResponse()
                .withHeader("content-type", "text/event-stream")
                .withBody(stream)
                .withChunkedDribbleDelay(pieces, 120));
        HttpResponse<String> response = gateway.post(PATH, STREAMED);
        assertThat(response.body()).isEqualTo(TEXT.repeat(3) + DONE);
        assertThat(gateway.row(response).metered().report().usage()).isEqualTo(Usage.of(12, 5));
        upstream.verify(postRequestedFor(urlEqualTo(PATH))
                .withRequestBody(equalToJson("{\"stream_options\":{\"include_usage\":true}}", true, true)));
    }

    @Test
    void an_answer_compressed_against_our_wish_is_passed_on_as_it_is_and_metered() throws Exception {
        answer(aResponse()
                .withHeader("content-type", "application/json")
                .withHeader("content-encoding", "gzip")
                .withBody(gzip(ANSWER)));
        HttpResponse<byte[]> response = gateway.client()
                .send(gateway.request(PATH, ASKED, "accept-encoding", "gzip"), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(new String(
                        new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes(),
                        StandardCharsets.UTF_8))
                .isEqualTo(ANSWER);
        assertThat(gateway.row(response).metered().report().usage().prompt()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void an_answer_without_a_body_leaves_both_connections_usable(int status) throws Exception {
        answer(aResponse().withStatus(status).withHeader("etag", "\"1\""));
        try (RawCaller caller = new RawCaller(gateway.port())) {
            RawAnswer empty = caller.say("GET /openai/v1/files/f HTTP/1.1\r\nhost: x\r\n\r\n")
                    .answer();
            assertThat(empty.status()).isEqualTo(status);
            assertThat(empty.header("etag")).isEqualTo("\"1\"");
            answer(aResponse().withBody(ANSWER));
            assertThat(caller.post(PATH, ASKED).answer().text()).isEqualTo(ANSWER);
        }
    }

    @Test
    void a_refusal_is_the_providers_own() throws Exception {
        String refused = "{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\"}}";
        answer(aResponse().withStatus(429).withHeader("retry-after", "7").withBody(refused));
        HttpResponse<String> response = gateway.post(PATH, ASKED);
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).isEqualTo(refused);
        assertThat(response.headers().firstValue("retry-after")).contains("7");
        assertThat(gateway.row(response).metered().report().source()).isEqualTo(UsageSource.NONE);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = "MALFORMED_RESPONSE_CHUNK", mode = EnumSource.Mode.EXCLUDE)
    void a_connection_that_breaks_before_the_answer_is_a_502_and_costs_nothing(Fault fault) throws Exception {
        answer(aResponse().withFault(fault));
        HttpResponse<String> response = gateway.post(PATH, ASKED);
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("upstream_error");
        UsageRow row = gateway.row(response);
        assertThat(row.end()).isEqualTo(End.UPSTREAM_FAILED);
        assertThat(row.metered().report().usage()).isEqualTo(Usage.ZERO);
    }

    @Test
    void a_stream_that_turns_to_garbage_ends_as_failed_upstream_and_partly_metered() throws Exception {
        answer(aResponse().withHeader("content-type", "text/event-stream").withFault(Fault.MALFORMED_RESPONSE_CHUNK));
        try (RawCaller caller = new RawCaller(gateway.port())) {
            caller.post(PATH, STREAMED, "connection: close").readAll();
        }
        UsageRow row = gateway.rows(1).getLast();
        assertThat(row.end()).isEqualTo(End.UPSTREAM_FAILED);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
