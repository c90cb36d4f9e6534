package io.tollgate.server.cache;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.exchange.End;
import io.tollgate.server.e2e.NoLeaks;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.StepStream;
import io.tollgate.server.gateway.RawAnswer;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identical calls at the same time are one call to the provider. */
@ExtendWith(NoLeaks.class)
class SharedCallsTest {
    private static final String CACHE = "cache: {exact: {enabled: true}}\n";
    private static final String CHAT = "/v1/chat/completions";
    private static final String PLAIN = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String STREAM = PLAIN.replace("}]}", "}],\"stream\":true}");
    private static final int CALLERS = 200;

    private static List<RawCaller> ask(TestGateway gateway, int count, String body) throws Exception {
        List<RawCaller> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            callers.add(new RawCaller(gateway.port()).post(CHAT, body));
        }
        return callers;
    }

    private static List<RawAnswer> answers(List<RawCaller> callers) throws Exception {
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RawAnswer>> reading = new ArrayList<>();
            for (RawCaller caller : callers) {
                reading.add(readers.submit((Callable<RawAnswer>) caller::answer));
            }
            List<RawAnswer> answers = new ArrayList<>();
            for (Future<RawAnswer> each : reading) {
                answers.add(each.get());
            }
            return answers;
        }
    }

    private static void close(List<RawCaller> callers) throws Exception {
        for (RawCaller caller : callers) {
            caller.close();
        }
    }

    private static Map<String, Long> uses(List<RawAnswer> answers) {
        return answers.stream()
                .collect(Collectors.groupingBy(
                        answer -> Objects.requireNonNullElse(answer.header("x-tollgate-cache"), "none"),
                        Collectors.counting()));
    }

    private static void waiting(TestGateway gateway, int exchanges) {
        await().atMost(SOON).until(() -> gateway.server().load().exchanges() == exchanges);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void two_hundred_identical_calls_are_one_call_and_two_hundred_identical_answers(boolean streamed) throws Exception {
        try (TestGateway gateway = TestGateway.start(CACHE)) {
            StepStream steps = gateway.provider().stepNext();
            List<RawCaller> callers = ask(gateway, CALLERS, streamed ? STREAM : PLAIN);
            waiting(gateway, CALLERS);
            steps.request();
            steps.head();
            steps.events().forEach(steps::send);
            steps.finish();
            List<RawAnswer> answers = answers(callers);
            assertThat(gateway.provider().requests().total()).isEqualTo(1);
            assertThat(answers).allMatch(answer -> answer.status() == 200);
            assertThat(answers.stream().map(RawAnswer::text).distinct()).hasSize(1);
            assertThat(uses(answers)).isEqualTo(Map.of("miss", 1L, "coalesced", CALLERS - 1L));
            close(callers);
            List<UsageRow> rows = gateway.rows(CALLERS);
            assertThat(rows).hasSize(CALLERS);
            assertThat(rows.stream().filter(row -> row.end() == End.COMPLETE)).hasSize(1);
            assertThat(rows.stream().filter(row -> row.end() == End.CACHED)).hasSize(CALLERS - 1);
            assertThat(rows.stream().map(row -> row.metered().report().usage()).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void followers_stream_along_from_the_first_byte_and_outlive_the_caller_that_pays() throws Exception {
        try (TestGateway gateway = TestGateway.start(CACHE)) {
            StepStream steps = gateway.provider().stepNext();
            RawCaller leader = new RawCaller(gateway.port()).post(CHAT, STREAM);
            steps.request();
            List<RawCaller> followers = ask(gateway, 5, STREAM);
            waiting(gateway, 6);
            steps.head();
            List<byte[]> events = steps.events();
            steps.send(events.getFirst());
            for (RawCaller follower : followers) {
                assertThat(follower.readTo("\n\n")).contains("HTTP/1.1 200");
            }
            leader.reset();
            waiting(gateway, 5);
            for (byte[] event : events.subList(1, events.size())) {
                steps.send(event);
            }
            steps.finish();
            for (RawCaller follower : followers) {
                assertThat(follower.readTo("0\r\n\r\n")).contains("data: [DONE]");
                follower.close();
            }
            assertThat(gateway.provider().requests().total()).isEqualTo(1);
            List<UsageRow> rows = gateway.rows(6);
            assertThat(rows.stream().map(UsageRow::end)).containsOnlyOnce(End.COMPLETE);
            try (RawCaller late = new RawCaller(gateway.port()).post(CHAT, STREAM)) {
                assertThat(late.answer().header("x-tollgate-cache")).isEqualTo("hit");
            }
        }
    }

    @Test
    void a_call_is_given_up_when_its_caller_and_all_who_followed_have_left() throws Exception {
        try (TestGateway gateway = TestGateway.start(CACHE)) {
            StepStream steps = gateway.provider().stepNext();
            RawCaller leader = new RawCaller(gateway.port()).post(CHAT, STREAM);
            steps.request();
            List<RawCaller> followers = ask(gateway, 2, STREAM);
            waiting(gateway, 3);
            steps.head();
            steps.send(steps.events().getFirst());
            leader.reset();
            waiting(gateway, 2);
            assertThat(steps.request().ending()).isNotDone();
            for (RawCaller follower : followers) {
                follower.reset();
            }
            steps.request().awaitEnding(SOON);
            assertThat(gateway.rows(3).stream().map(UsageRow::end)).containsOnly(End.CLIENT_GONE);
        }
    }

    @Test
    void when_the_caller_that_pays_leaves_before_it_was_sent_on_another_takes_over() throws Exception {
        try (TestGateway gateway = TestGateway.start(CACHE)) {
            gateway.provider().rules().otherwise(Behaviour.reply().firstByteDelay(Duration.ofMillis(700)));
            RawCaller leader = new RawCaller(gateway.port()).post(CHAT, PLAIN);
            gateway.provider().requests().awaitTotal(1, SOON);
            List<RawCaller> followers = ask(gateway, 10, PLAIN);
            waiting(gateway, 11);
            leader.reset();
            List<RawAnswer> answers = answers(followers);
            assertThat(answers).allMatch(answer -> answer.status() == 200);
            assertThat(gateway.provider().requests().total()).isEqualTo(1);
            close(followers);
        }
    }

    @Test
    void when_the_provider_fails_one_caller_tries_again_for_all() throws Exception {
        try (TestGateway gateway = TestGateway.start(CACHE)) {
            gateway.provider()
                    .enqueue(
                            Behaviour.reply()
                                    .firstByteDelay(Duration.ofMillis(700))
                                    .resetBeforeHead(),
                            Behaviour.reply().firstByteDelay(Duration.ofMillis(700)));
            List<RawCaller> callers = ask(gateway, 50, STREAM);
            List<RawAnswer> answers = answers(callers);
            assertThat(gateway.provider().requests().total()).isEqualTo(2);
            assertThat(answers.stream().filter(answer -> answer.status() == 502))
                    .hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.status() == 200))
                    .hasSize(49);
            assertThat(answers.stream().map(RawAnswer::text).distinct()).hasSize(2);
            close(callers);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 429})
    void an_error_that_comes_twice_is_everyones_unless_it_speaks_of_one_caller(int status) throws Exception {
        try (TestGateway gateway = TestGateway.start(CACHE)) {
            gateway.provider().rules().otherwise(Behaviour.status(status).firstByteDelay(Duration.ofMillis(700)));
            List<RawCaller> callers = ask(gateway, 20, PLAIN);
            List<RawAnswer> answers = answers(callers);
            assertThat(answers).allMatch(answer -> answer.status() == status);
            assertThat(gateway.provider().requests().total()).isEqualTo(status == 500 ? 2 : 20);
            assertThat(gateway.get(gateway.server().adminUrl() + "/api/v1/cache")
                            .body())
                    .contains("\"under_way\":0,", "\"recording_bytes\":0,");
            close(callers);
        }
    }

    @Test
    void a_slow_follower_holds_nobody_up() throws Exception {
        try (TestGateway gateway = TestGateway.start("cache: {exact: {enabled: true, max_entry: 16MiB}}\n")) {
            gateway.provider()
                    .rules()
                    .otherwise(Behaviour.reply()
                            .text("internationalization ".repeat(1_500))
                            .firstByteDelay(Duration.ofMillis(700)));
            RawCaller leader = new RawCaller(gateway.port()).post(CHAT, STREAM);
            gateway.provider().requests().awaitTotal(1, SOON);
            RawCaller slow = new RawCaller(gateway.port(), 4096).post(CHAT, STREAM);
            RawCaller quick = new RawCaller(gateway.port()).post(CHAT, STREAM);
            waiting(gateway, 3);
            String paid = leader.answer().text();
            assertThat(paid.length()).isGreaterThan(800_000);
            assertThat(quick.answer().text()).isEqualTo(paid);
            RawAnswer late = slow.answer();
            assertThat(late.header("x-tollgate-cache")).isEqualTo("coalesced");
            assertThat(late.text()).isEqualTo(paid);
            close(List.of(leader, slow, quick));
        }
    }

    @Test
    void a_slow_payer_holds_nobody_up() throws Exception {
        try (TestGateway gateway = TestGateway.start("cache: {exact: {enabled: true, max_entry: 16MiB}}\n")) {
            gateway.provider()
                    .rules()
                    .otherwise(Behaviour.reply()
                            .text("internationalization ".repeat(1_500))
                            .firstByteDelay(Duration.ofMillis(700)));
            RawCaller slow = new RawCaller(gateway.port(), 4096).post(CHAT, STREAM);
            gateway.provider().requests().awaitTotal(1, SOON);
            RawCaller quick = new RawCaller(gateway.port()).post(CHAT, STREAM);
            String shared = quick.answer().text();
            assertThat(slow.answer().text()).isEqualTo(shared);
            close(List.of(slow, quick));
        }
    }

    @Test
    void beyond_the_cap_who_keeps_up_hears_the_end_and_who_falls_behind_is_told() throws Exception {
        try (TestGateway gateway = TestGateway.start("cache: {exact: {enabled: true, max_entry: 64KiB}}\n")) {
            StepStream steps = gateway.provider().stepNext();
            RawCaller leader = new RawCaller(gateway.port()).post(CHAT, STREAM);
            steps.request();
            RawCaller quick = new RawCaller(gateway.port()).post(CHAT, STREAM);
            RawCaller slow = new RawCaller(gateway.port(), 4096).post(CHAT, STREAM);
            waiting(gateway, 3);
            steps.head();
            String event =
                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(32_000) + "\"}}]}\n\n";
            for (int i = 0; i < 400; i++) {
                steps.send(event); // the next only when both have read it
                assertThat(leader.readTo("}]}\n\n")).endsWith(event);
                assertThat(quick.readTo("}]}\n\n")).endsWith(event);
            }
            steps.send("data: [DONE]\n\n");
            steps.finish();
            assertThat(leader.readTo("0\r\n\r\n")).contains("data: [DONE]");
            assertThat(quick.readTo("0\r\n\r\n")).contains("data: [DONE]");
            RawAnswer told = slow.answer();
            assertThat(told.text()).contains("upstream_failed", "read too slowly to be shared");
            assertThat(told.body().length).isLessThan(12_000_000);
            assertThat(gateway.rows(3).stream().map(UsageRow::end))
                    .containsExactlyInAnyOrder(End.COMPLETE, End.CACHED, End.UPSTREAM_FAILED);
            await().atMost(SOON)
                    .until(() -> gateway.get(gateway.server().adminUrl() + "/api/v1/cache")
                            .body()
                            .contains("\"recording_bytes\":0,"));
            close(List.of(leader, quick, slow));
        }
    }

    @Test
    void nobody_follows_a_call_that_refreshes_passes_by_or_is_of_another_scope() throws Exception {
        try (TestGateway gateway = TestGateway.start(CACHE)) {
            gateway.provider().rules().otherwise(Behaviour.reply().firstByteDelay(Duration.ofMillis(500)));
            List<RawCaller> callers = List.of(
                    new RawCaller(gateway.port()).post(CHAT, PLAIN, "x-tollgate-cache: refresh"),
                    new RawCaller(gateway.port()).post(CHAT, PLAIN, "x-tollgate-cache: off"),
                    new RawCaller(gateway.port()).post(CHAT, PLAIN, "authorization: Bearer one"),
                    new RawCaller(gateway.port()).post(CHAT, PLAIN, "authorization: Bearer two"),
                    new RawCaller(gateway.port()).post(CHAT, PLAIN));
            answers(callers);
            assertThat(gateway.provider().requests().total()).isEqualTo(5);
            close(callers);
        }
    }
}
