package io.tollgate.budget.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.toolcalls.ToolCall;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {
    private static final RunLimitRule WATCHES = new RunLimitRule("r", Map.of(), -1, 1_000_000, -1, -1, 1_000_000, -1);

    private final Run run = new Run();
    private int bodies;

    /** A history of calls written {@code id:tool:arguments}, an empty id for none; the last {@code latest} are the latest. */
    private static List<HeardCall> history(int latest, List<String> calls) {
        StringBuilder text = new StringBuilder();
        List<ToolCall> found = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            String[] parts = calls.get(i).split(":", 3);
            int from = text.length();
            text.append(parts[2]);
            found.add(new ToolCall(
                    parts[0].isEmpty() ? null : parts[0],
                    parts[1],
                    new Span(from, text.length()),
                    i >= calls.size() - latest));
        }
        return HeardCall.of(found, RequestBody.of(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private RunRequest request(List<HeardCall> calls) {
        return new RunRequest(true, ++bodies, 0, calls);
    }

    private @Nullable RunExcess step(RunLimitRule rule, RunRequest request, RunEnding ending) {
        RunAdmission admission = new RunAdmission(request);
        RunExcess excess = admission.begin(run, rule);
        admission.end(ending, 10, 100);
        return excess;
    }

    private long toolCalls() {
        RunLimitRule none = new RunLimitRule("none", Map.of(), -1, 0, -1, -1, -1, -1);
        run.lock();
        try {
            RunExcess excess = run.excess(none, false);
            return excess == null ? 0 : excess.seen();
        } finally {
            run.unlock();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_call_that_is_sent_again_with_every_step_counts_once(boolean withIds) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add((withIds ? "c" + i : "") + ":tool" + i % 3 + ":{\"n\":" + i % 7 + "}");
            step(WATCHES, request(history(1, all)), RunEnding.ANSWERED);
            assertThat(toolCalls()).isEqualTo(i + 1);
        }
        assertThat(step(WATCHES, request(history(0, all)), RunEnding.ANSWERED)).isNull();
        assertThat(toolCalls()).as("when the user speaks").isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void calls_are_counted_right_when_only_the_end_of_the_history_is_sent(boolean withIds) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add((withIds ? "c" + i : "") + ":poll:{}");
            step(WATCHES, request(history(1, all.subList(Math.max(0, i - 4), i + 1))), RunEnding.ANSWERED);
            assertThat(toolCalls()).isEqualTo(i + 1);
        }
    }

    @Test
    void calls_are_counted_right_when_the_history_is_cut_in_its_middle_or_summed_up() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add("c" + i + ":tool:{\"n\":" + i + "}");
            List<String> sent = new ArrayList<>(all.subList(0, Math.min(3, i)));
            sent.addAll(all.subList(Math.max(sent.size(), i - 2), i + 1));
            step(WATCHES, request(history(1, sent)), RunEnding.ANSWERED);
        }
        step(WATCHES, request(history(0, List.of())), RunEnding.ANSWERED);
        step(WATCHES, request(history(0, all)), RunEnding.ANSWERED);
        assertThat(toolCalls()).isEqualTo(50);
    }

    @Test
    void ids_that_a_client_uses_again_and_again_hide_nothing() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add("call_0:tool:{\"n\":1}");
            step(WATCHES, request(history(1, all)), RunEnding.ANSWERED);
        }
        assertThat(toolCalls()).isEqualTo(20);
    }

    @Test
    void the_history_a_run_begins_with_belongs_to_it() {
        step(WATCHES, request(history(1, List.of("a:x:{}", "b:x:{}", "c:y:{}"))), RunEnding.ANSWERED);
        assertThat(toolCalls()).isEqualTo(3);
    }

    @Test
    void a_run_with_more_calls_than_are_remembered_still_counts_each_once() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 3 * SeenCalls.MOST; i++) {
            all.add("c" + i + ":tool:{\"n\":" + i + "}");
            step(WATCHES, request(history(1, all)), RunEnding.ANSWERED);
        }
        assertThat(toolCalls()).isEqualTo(3 * SeenCalls.MOST);
    }

    @Test
    void the_same_call_with_its_arguments_in_another_order_is_the_same() {
        RunLimitRule three = new RunLimitRule("r", Map.of(), -1, -1, -1, -1, 3, -1);
        List<String> all = new ArrayList<>();
        all.add("1:read:{\"a\":1,\"b\":2}");
        assertThat(step(three, request(history(1, all)), RunEnding.ANSWERED)).isNull();
        all.add("2:read:{\"b\":2.0,\"a\":1}");
        assertThat(step(three, request(history(1, all)), RunEnding.ANSWERED)).isNull();
        all.add("3:read:{ \"b\" : 2, \"a\" : 1e0 }");
        assertThat(step(three, request(history(1, all)), RunEnding.ANSWERED))
                .isEqualTo(new RunExcess("r", RunLimitKind.REPEATED_TOOL_CALL, 3, 3, "read"));
        assertThat(step(three, request(history(0, List.of())), RunEnding.ANSWERED))
                .as("it stays over")
                .isNotNull();
    }

    @Test
    void calls_in_turn_are_a_cycle() {
        RunLimitRule two = new RunLimitRule("r", Map.of(), -1, -1, -1, -1, 2, -1);
        List<String> all = List.of("1:a:{}", "2:b:{}", "3:a:{}");
        assertThat(step(two, request(history(1, all)), RunEnding.ANSWERED)).isNull();
        List<String> more = List.of("1:a:{}", "2:b:{}", "3:a:{}", "4:b:{}");
        assertThat(step(two, request(history(1, more)), RunEnding.ANSWERED))
                .isEqualTo(new RunExcess("r", RunLimitKind.TOOL_CALL_CYCLE, 2, 2, "a, b"));
    }

    private static RunLimitRule steps(long steps) {
        return new RunLimitRule("r", Map.of(), steps, -1, -1, -1, -1, -1);
    }

    @Test
    void the_same_body_after_a_failure_is_a_retry_and_no_step() {
        RunRequest first = request(List.of());
        assertThat(step(steps(2), first, RunEnding.FAILED)).isNull();
        for (RunEnding ending : List.of(RunEnding.FAILED, RunEnding.LEFT, RunEnding.FAILED, RunEnding.ANSWERED)) {
            assertThat(step(steps(2), first, ending)).isNull();
        }
        assertThat(step(steps(2), first, RunEnding.FAILED)).as("a second step").isNull();
        assertThat(step(steps(2), request(List.of()), RunEnding.ANSWERED))
                .isEqualTo(new RunExcess("r", RunLimitKind.STEPS, 2, 2, ""));
    }

    @Test
    void a_retry_is_known_again_although_an_agents_helpers_call_in_between() {
        RunRequest first = request(List.of());
        RunRequest helper = request(List.of());
        step(steps(2), first, RunEnding.FAILED);
        step(steps(2), helper, RunEnding.ANSWERED);
        assertThat(step(steps(2), first, RunEnding.ANSWERED)).isNull();
        assertThat(step(steps(2), first, RunEnding.ANSWERED)).isNotNull();
    }

    @Test
    void a_client_may_call_a_call_a_retry_but_not_for_ever() {
        int admitted = 0;
        for (int i = 0; i < 100; i++) {
            RunRequest claimed = new RunRequest(true, 7, i % 11, List.of());
            admitted += step(steps(3), claimed, RunEnding.ANSWERED) == null ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(3 + 10);
        Run other = new Run();
        RunAdmission unheard = new RunAdmission(new RunRequest(true, 8, 5, List.of()));
        assertThat(unheard.begin(other, steps(1))).isNull();
        assertThat(unheard.kind()).isEqualTo(RunCallKind.STEP);
    }

    @Test
    void a_call_that_was_sent_nowhere_was_no_step() {
        for (int i = 0; i < 10; i++) {
            assertThat(step(steps(1), request(List.of()), RunEnding.NOT_SENT)).isNull();
        }
    }

    @Test
    void failures_count_in_a_row_and_an_answer_ends_the_row() {
        RunLimitRule three = new RunLimitRule("r", Map.of(), -1, -1, -1, -1, -1, 3);
        List<RunEnding> endings = List.of(
                RunEnding.FAILED,
                RunEnding.FAILED,
                RunEnding.ANSWERED,
                RunEnding.FAILED,
                RunEnding.LEFT,
                RunEnding.FAILED,
                RunEnding.NOT_SENT,
                RunEnding.FAILED);
        for (RunEnding ending : endings) {
            assertThat(step(three, request(List.of()), ending)).isNull();
        }
        assertThat(step(three, request(List.of()), RunEnding.ANSWERED))
                .isEqualTo(new RunExcess("r", RunLimitKind.FAILURES, 3, 3, ""));
    }

    @Test
    void money_and_tokens_are_used_up_when_they_are_reached() {
        RunLimitRule usd = new RunLimitRule("r", Map.of(), -1, -1, 20, -1, -1, -1);
        assertThat(step(usd, request(List.of()), RunEnding.ANSWERED)).isNull();
        assertThat(step(usd, request(List.of()), RunEnding.FAILED)).isNull();
        assertThat(step(usd, request(List.of()), RunEnding.ANSWERED))
                .isEqualTo(new RunExcess("r", RunLimitKind.USD, 20, 20, ""));
        RunLimitRule tokens = new RunLimitRule("r", Map.of(), -1, -1, -1, 150, -1, -1);
        assertThat(step(tokens, new RunRequest(false, 0, 0, List.of()), RunEnding.ANSWERED))
                .as("not only steps")
                .isEqualTo(new RunExcess("r", RunLimitKind.TOKENS, 200, 150, ""));
    }

    @Test
    void steps_that_only_repeat_are_told_apart_and_are_steps_all_the_same() {
        RunAdmission first = new RunAdmission(new RunRequest(true, 1, 0, List.of()));
        first.begin(run, steps(2));
        first.end(RunEnding.ANSWERED, 0, 0);
        RunAdmission again = new RunAdmission(new RunRequest(true, 1, 0, List.of()));
        again.begin(run, steps(2));
        again.end(RunEnding.ANSWERED, 0, 0);
        assertThat(List.of(first.kind(), again.kind())).isEqualTo(List.of(RunCallKind.STEP, RunCallKind.LOOP));
        assertThat(step(steps(2), request(List.of()), RunEnding.ANSWERED)).isNotNull();
    }
}
