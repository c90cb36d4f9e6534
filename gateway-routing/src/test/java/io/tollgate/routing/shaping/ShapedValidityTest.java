package io.tollgate.routing.shaping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.http.BodyEdit;
import io.tollgate.routing.shaping.history.HistoryLimit;
import io.tollgate.routing.shaping.text.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Random conversations, shaped by every combination of levers, are such as their provider takes. */
class ShapedValidityTest {
    static final List<String> DIALECTS = Request.DIALECTS;
    private static final List<Strategy> STRATEGIES = List.of(Strategy.values());
    private static final int RUNS = 1_500;
    private static final Set<String> TEXTS = Set.of("content", "text", "parts", "output");
    private static final Set<String> USERS = Set.of("user", "", "message", "tool", "function", "function_call_output");

    /** Bit 0 history, bit 1 trimming, bit 2 truncation. */
    private static Levers levers(int combination, Random random) {
        boolean history = (combination & 1) != 0;
        boolean byTokens = random.nextInt(3) == 0;
        return new Levers(
                history
                        ? new HistoryLimit(
                                byTokens ? Integer.MAX_VALUE : random.nextInt(1, 14),
                                byTokens ? random.nextInt(1, 500) : Long.MAX_VALUE,
                                random.nextInt(1, 5))
                        : HistoryLimit.NONE,
                (combination & 4) != 0 ? random.nextInt(1, 400) : Long.MAX_VALUE,
                STRATEGIES.get(random.nextInt(STRATEGIES.size())),
                (combination & 2) != 0,
                Set.of());
    }

    @ParameterizedTest
    @FieldSource("DIALECTS")
    void a_shaped_conversation_is_valid_and_only_texts_differ_in_what_is_left(String dialect) {
        int[] changed = new int[8];
        for (long seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Request before = Request.of(dialect, Conversation.random(dialect, random));
            assertThat(Validity.problems(dialect, before.text()))
                    .as("%s seed %s, as generated: %s", dialect, seed, before.text())
                    .isEmpty();
            for (int combination = 1; combination < 8; combination++) {
                Levers levers = levers(combination, random);
                Request after = Request.of(dialect, before.after(levers));
                String as = "%s seed %d %s%n%s%n%s".formatted(dialect, seed, levers, before.text(), after.text());
                changed[combination] += after.text().equals(before.text()) ? 0 : 1;
                assertThat(Validity.problems(dialect, after.text())).as(as).isEmpty();
                assertSame(before, after, levers, as);
                assertEdited(before, after, before.shaped(levers).edits(), as);
            }
        }
        for (int combination = 1; combination < 8; combination++) {
            assertThat(changed[combination])
                    .as(dialect + " combination " + combination)
                    .isGreaterThan(RUNS / 4);
        }
    }

    /** Model's turns, ids, signatures, names and all that is no text stay; and so do texts no lever is for. */
    private static void assertSame(Request before, Request after, Levers levers, String as) {
        List<String> all = before.turns();
        List<String> left = after.turns();
        boolean truncated = levers.maxInputTokens() < Long.MAX_VALUE;
        int at = 0;
        for (int i = 0; i < left.size(); i++) {
            String role = after.facts().turns().get(i).role();
            boolean shortened = truncated && USERS.contains(role);
            boolean trimmed = levers.trim() && role.equals("system");
            Set<String> texts = shortened || trimmed ? TEXTS : Set.of();
            String turn = Json.masked(left.get(i), texts);
            while (at < all.size() && !Json.masked(all.get(at), texts).equals(turn)) {
                at++;
            }
            assertThat(at).as("turn " + i + " is one of before, " + as).isLessThan(all.size());
            at++;
        }
        boolean system = levers.trim();
        assertThat(around(after, system)).as(as).isEqualTo(around(before, system));
    }

    /** What stands around the turns. */
    private static String around(Request request, boolean trimmed) {
        String text = request.text();
        for (String turn : request.turns()) {
            text = text.replace(turn, "");
        }
        String list = text.replaceAll("\\[[\\s,]*\\]", "[]");
        return trimmed ? Json.masked(list, Set.of("text", "instructions", "system")) : list;
    }

    /** Each byte that no edit names is there, in its order, and nothing else is but what the edits say. */
    private static void assertEdited(Request before, Request after, List<BodyEdit> edits, String as) {
        List<BodyEdit.Splice> splices = new ArrayList<>();
        edits.forEach(edit -> splices.add((BodyEdit.Splice) edit));
        splices.sort((a, b) -> Integer.compare(a.span().start(), b.span().start()));
        byte[] from = before.body().array();
        byte[] to = after.body().array();
        int at = 0;
        int written = 0;
        for (BodyEdit.Splice splice : splices) {
            for (; at < splice.span().start(); at++) {
                assertThat(to[written++]).as(as).isEqualTo(from[at]);
            }
            for (byte b : splice.replacement()) {
                assertThat(to[written++]).as(as).isEqualTo(b);
            }
            at = splice.span().end();
        }
        assertThat(to.length - written).as(as).isEqualTo(from.length - at);
        for (; at < from.length; at++) {
            assertThat(to[written++]).as(as).isEqualTo(from[at]);
        }
    }
}
