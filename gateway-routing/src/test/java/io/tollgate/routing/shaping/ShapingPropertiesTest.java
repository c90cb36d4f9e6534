package io.tollgate.routing.shaping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.SplicedBody;
import io.tollgate.routing.shaping.history.HistoryLimit;
import io.tollgate.routing.shaping.text.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ShapingPropertiesTest {
    static final List<String> DIALECTS = Request.DIALECTS;
    private static final List<Strategy> STRATEGIES = List.of(Strategy.values());
    private static final int RUNS = 3_000;
    private static final Pattern ID = Pattern.compile("\"(c\\d+_)\"");

    @ParameterizedTest
    @FieldSource("DIALECTS")
    void a_window_has_whole_turns_in_order_whole_tool_calls_the_opening_and_the_end(String dialect) {
        int cut = 0;
        for (long seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Request before = Request.of(dialect, Conversation.random(dialect, random));
            HistoryLimit limit = new HistoryLimit(
                    random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(1, 12),
                    random.nextInt(3) == 0 ? random.nextInt(1, 400) : Long.MAX_VALUE,
                    random.nextInt(1, 5));
            Request after = Request.of(
                    dialect, before.after(new Levers(limit, Long.MAX_VALUE, Strategy.RELEVANT, false, Set.of())));
            String as = dialect + " seed " + seed + " " + limit + "\n" + before.text() + "\n" + after.text();

            List<String> all = before.turns();
            List<String> left = after.turns();
            cut += left.size() < all.size() ? 1 : 0;
            assertThat(all).as(as).containsSubsequence(left);
            assertThat(left.getLast()).as(as).isEqualTo(all.getLast());
            int opening = dialect.equals("openai-chat") ? 1 : 0;
            assertThat(left.subList(0, opening + 1)).as(as).isEqualTo(all.subList(0, opening + 1));
            assertThat(outside(after)).as(as).isEqualTo(outside(before));
            ids(after.text())
                    .forEach((id, times) -> assertThat(times).as(as + id).isEqualTo(2));
            if (before.alternating()) {
                assertThat(alternates(after)).as(as).isTrue();
            }
            if (limit.tokens() == Long.MAX_VALUE && limit.turns() >= 8) {
                assertThat(left.size() - opening - 1).as(as).isLessThanOrEqualTo(limit.turns());
            }
        }
        assertThat(cut).isGreaterThan(RUNS / 4);
    }

    /** What stands around the turns. */
    private static List<String> outside(Request request) {
        String text = new String(request.body().array(), StandardCharsets.ISO_8859_1);
        return List.of(
                text.substring(0, request.facts().turns().getFirst().span().start()),
                text.substring(request.facts().turns().getLast().span().end()));
    }

    private static Map<String, Integer> ids(String text) {
        Map<String, Integer> times = new HashMap<>();
        Matcher matcher = ID.matcher(text);
        while (matcher.find()) {
            times.merge(matcher.group(1), 1, Integer::sum);
        }
        return times;
    }

    private static boolean alternates(Request request) {
        boolean user = true;
        for (var turn : request.facts().turns()) {
            boolean model = turn.role().equals("assistant") || turn.role().equals("model");
            if (model == user) {
                return false;
            }
            user = !user;
        }
        return true;
    }

    @ParameterizedTest
    @FieldSource("DIALECTS")
    void with_all_levers_a_request_stays_readable_gets_no_longer_and_keeps_all_other_bytes(String dialect) {
        for (long seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Request before = Request.of(dialect, Conversation.random(dialect, random));
            Levers levers = new Levers(
                    new HistoryLimit(random.nextInt(1, 12), Long.MAX_VALUE, 1),
                    random.nextInt(1, 300),
                    STRATEGIES.get(random.nextInt(STRATEGIES.size())),
                    true,
                    Set.of());
            Shaped shaped = before.shaped(levers);
            Request after = Request.of(dialect, before.after(levers));
            String as = dialect + " seed " + seed + " " + levers + "\n" + before.text() + "\n" + after.text();
            assertThat(after.body().length())
                    .as(as)
                    .isLessThanOrEqualTo(before.body().length());
            assertThat(new SplicedBody(before.body(), new ArrayList<>(shaped.edits())).length())
                    .isEqualTo(after.body().length());
            shaped.tokens().forEach((lever, tokens) -> assertThat(tokens).as(as).isNotNegative());
            ids(after.text())
                    .forEach((id, times) -> assertThat(times).as(as + id).isEqualTo(2));
            assertThat(after.text()).as(as).contains("{\\\"a\\\":  1}");
        }
    }

    @ParameterizedTest
    @FieldSource("DIALECTS")
    void shaping_the_same_prompt_again_gives_the_same_bytes(String dialect) {
        Levers levers = new Levers(new HistoryLimit(4, Long.MAX_VALUE, 1), 60, Strategy.RELEVANT, true, Set.of());
        for (long seed = 0; seed < 200; seed++) {
            String json = Conversation.random(dialect, new Random(seed));
            Request request = Request.of(dialect, json);
            RequestBody body = request.body();
            assertThat(new Request(dialect, body, request.facts()).after(levers))
                    .isEqualTo(request.after(levers));
        }
    }
}
