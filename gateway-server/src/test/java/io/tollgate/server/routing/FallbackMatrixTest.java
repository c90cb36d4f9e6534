package io.tollgate.server.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.exchange.End;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.Cut;
import io.tollgate.server.gateway.TestGateway;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to fail in every dialect, streaming and not: the attempts, the one answer and the money. */
class FallbackMatrixTest {
    private static final List<Fault> FAULTS = List.of(
            new Fault("reset", 1, Behaviour.reply().resetBeforeHead(), true, End.UPSTREAM_FAILED, 1),
            new Fault("refused", 0, Behaviour.reply(), false, End.UPSTREAM_FAILED, 2),
            new Fault("garbage", 1, Behaviour.reply().garbage(notHttp()), true, End.UPSTREAM_FAILED, 1),
            new Fault("s429", 2, Behaviour.status(429), false, End.UPSTREAM_FAILED, 2),
            new Fault("soon", 1, Behaviour.status(429).header("retry-after-ms", "5"), true, End.UPSTREAM_FAILED, 1),
            new Fault("late", 1, Behaviour.status(429).retryAfter("60"), false, End.UPSTREAM_FAILED, 1),
            new Fault("s529", 2, Behaviour.status(529), false, End.UPSTREAM_FAILED, 2),
            new Fault("s503", 2, Behaviour.status(503), false, End.UPSTREAM_FAILED, 2),
            new Fault("slow", 1, Behaviour.reply().delay(Duration.ofSeconds(20)), false, End.TIMED_OUT, 1));

    /**
     * A way to fail.
     *
     * @param times the provider behaves like this
     * @param again whether the same model answers in the end, else the spare one
     * @param end of the attempts that fail
     * @param failed attempts
     */
    private record Fault(String name, int times, Behaviour behaviour, boolean again, End end, int failed) {}

    enum Api {
        CHAT(
                "openai",
                "/v1/chat/completions",
                "{\"model\":\"%s\",\"stream\":%s,\"messages\":[%s]}",
                "[DONE]",
                "\"choices\""),
        RESPONSES(
                "openai",
                "/v1/responses",
                "{\"model\":\"%s\",\"stream\":%s,\"input\":[%s]}",
                "\"type\":\"response.completed\"",
                "\"output\""),
        MESSAGES(
                "anthropic",
                "/v1/messages",
                "{\"model\":\"%s\",\"stream\":%s,\"max_tokens\":200,\"messages\":[%s]}",
                "\"type\":\"message_stop\"",
                "\"type\":\"message\""),
        GEMINI("gemini", "", "", "\"finishReason\"", "\"candidates\"");

        private final String provider;
        private final String path;
        private final String body;
        private final String last;
        private final String plain;

        Api(String provider, String path, String body, String last, String plain) {
            this.provider = provider;
            this.path = path;
            this.body = body;
            this.last = last;
            this.plain = plain;
        }

        HttpResponse<String> ask(TestGateway gateway, String model, boolean stream) throws Exception {
            if (this == GEMINI) {
                return gateway.post(
                        "/v1beta/models/" + model + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent"),
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}");
            }
            return gateway.post(path, body.formatted(model, stream, "{\"role\":\"user\",\"content\":\"Hi\"}"));
        }

        String configuration() {
            StringBuilder yaml = new StringBuilder();
            String timeouts = "timeouts: {connect: 2s, first_byte: 30s}";
            yaml.append("providers:\n  ")
                    .append("%s: {dialect: %s, base_url: PROVIDER, %s}\n".formatted(provider, provider, timeouts))
                    .append("  down: {dialect: %s, base_url: \"http://127.0.0.1:1\", %s}\n"
                            .formatted(provider, timeouts))
                    .append("  laggard: {dialect: %s, base_url: PROVIDER, timeouts: {first_byte: 800ms}}\n"
                            .formatted(provider))
                    .append("retries: {attempts: 2, backoff: 2ms, max_backoff: 1s}\nmodels:\n")
                    .append("  spare: {provider: %s, price: {input: 0, output: 100}}\n".formatted(provider));
            for (String name : names()) {
                yaml.append("  %s: {provider: %s, price: {input: 1000, output: 1000}}\n".formatted(name, home(name)));
            }
            yaml.append("fallbacks:\n");
            names().forEach(name -> yaml.append("  ").append(name).append(": [spare]\n"));
            return yaml.toString();
        }

        /** Only what is meant to be slow is in a hurry: a busy machine is slow everywhere. */
        private String home(String model) {
            return switch (model) {
                case "refused" -> "down";
                case "slow" -> "laggard";
                default -> provider;
            };
        }

        private static List<String> names() {
            return java.util.stream.Stream.concat(
                            FAULTS.stream().map(Fault::name), java.util.stream.Stream.of("broken", "halved"))
                    .toList();
        }
    }

    static List<Arguments> ways() {
        return List.of(Api.values()).stream()
                .flatMap(api -> List.of(Arguments.of(api, false), Arguments.of(api, true)).stream())
                .toList();
    }

    private static byte[] notHttp() {
        return "SSH-2.0-OpenSSH\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void each_failure_has_the_attempts_expected_one_answer_and_its_price(Api api, boolean stream) throws Exception {
        try (TestGateway gateway = TestGateway.start(api.configuration())) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
            for (Fault fault : FAULTS) {
                for (int i = 0; i < fault.times(); i++) {
                    gateway.provider().rules().enqueue(fault.behaviour());
                }
                int before = gateway.provider().requests().all().size();
                HttpResponse<String> response = api.ask(gateway, fault.name(), stream);
                assertThat(response.statusCode())
                        .as(fault.name() + response.body())
                        .isEqualTo(200);
                assertThat(response.body()).as(fault.name()).containsOnlyOnce(stream ? api.last : api.plain);
                String served = fault.again() ? fault.name() : "spare";
                assertThat(header(response, "x-tollgate-model")).isEqualTo(served);
                assertThat(gateway.provider().requests().all().size() - before)
                        .as(fault.name())
                        .isEqualTo(fault.times() + 1);
                assertRows(rows(gateway, response, fault.failed() + 1), fault, response, stream);
            }
            assertBroken(gateway, api, stream, "broken", Behaviour.reply().resetAfterHead());
            assertBroken(
                    gateway,
                    api,
                    stream,
                    "halved",
                    stream
                            ? Behaviour.reply().tokens(50).closeAfterEvents(2)
                            : Behaviour.reply().tokens(50).cut(Cut.afterBytes(Cut.Kind.CLOSE, 40)));
        }
    }

    private static void assertRows(List<UsageRow> rows, Fault fault, HttpResponse<?> response, boolean stream) {
        long sum = 0;
        for (int i = 0; i < rows.size(); i++) {
            UsageRow row = rows.get(i);
            boolean last = i == rows.size() - 1;
            assertThat(row.attempt()).isEqualTo(i + 1);
            assertThat(row.last()).isEqualTo(last);
            assertThat(row.end()).as(fault.name()).isEqualTo(last ? End.COMPLETE : fault.end());
            assertThat(row.call().modelSent()).isEqualTo(last && !fault.again() ? "spare" : fault.name());
            long nanos = row.metered().cost().nanos();
            long output = row.metered().report().usage().output();
            long input = row.metered().report().usage().input();
            if (last && !fault.again()) {
                assertThat(nanos).isEqualTo(output * 100_000).isPositive();
            } else {
                assertThat(nanos).as(fault.name()).isEqualTo((input + output) * 1_000_000);
                assertThat(nanos > 0).as(fault.name()).isEqualTo(last || row.end() == End.TIMED_OUT);
            }
            sum += nanos;
        }
        if (!stream) {
            assertThat(new BigDecimal(header(response, "x-tollgate-cost-usd")).movePointRight(9))
                    .isEqualByComparingTo(BigDecimal.valueOf(sum));
        }
    }

    /** Once an answer has begun well nothing is asked twice. */
    private static void assertBroken(TestGateway gateway, Api api, boolean stream, String model, Behaviour fault)
            throws Exception {
        gateway.provider().rules().enqueue(fault);
        int before = gateway.provider().requests().all().size();
        try {
            HttpResponse<String> response = api.ask(gateway, model, stream);
            assertThat(response.statusCode()).isEqualTo(stream ? 200 : 502);
            assertThat(response.body()).contains("error");
            if (!stream || api != Api.CHAT) { // there the error, too, is followed by [DONE]
                assertThat(response.body()).doesNotContain(stream ? api.last : api.plain);
            }
        } catch (IOException cut) {
            assertThat(stream).isTrue();
        }
        assertThat(gateway.provider().requests().all()).hasSize(before + 1);
        await().until(() -> gateway.rows(1).stream()
                .filter(row -> model.equals(row.call().modelAsked()))
                .map(UsageRow::end)
                .toList()
                .equals(List.of(End.UPSTREAM_FAILED)));
    }

    private static List<UsageRow> rows(TestGateway gateway, HttpResponse<?> response, int count) {
        String id = header(response, "x-tollgate-request-id");
        return await().until(
                        () -> gateway.rows(1).stream()
                                .filter(row -> row.requestId().equals(id))
                                .sorted(Comparator.comparingInt(UsageRow::attempt))
                                .toList(),
                        rows -> rows.size() == count);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
