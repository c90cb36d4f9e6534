package io.tollgate.routing.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.provider.Route;
import io.tollgate.core.provider.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where several hosts serve one model, a conversation goes on where its prompt is cached. */
class AffinityTest {
    private static final int ALL = 1_000_000;
    private static final String FIRST =
            "{'model':'m','messages':[{'role':'user','content':'" + "Hi ".repeat(300) + "'}";
    private static final String LATER =
            FIRST + ",{'role':'assistant','content':'Ho'},{'role':'user','content':'Go on'}";

    private final Calls calls = new Calls().model("m", "10", "1", "10", 100_000);

    private Exchange call(String body) {
        return calls.call(body + "]}", Caller.ANONYMOUS, Map.of());
    }

    private void moved(List<RouteRule> rules, String to) {
        Exchange exchange = call(FIRST);
        calls.route(rules, exchange);
        Target fallback = Objects.requireNonNull(calls.router(rules).fallback(exchange, to));
        calls.router(rules).answered(exchange, fallback);
    }

    private String next(List<RouteRule> rules) {
        return calls.route(rules, call(LATER)).first().name();
    }

    @ParameterizedTest(name = "at {0}, {1} cached, there: {2} after a minute, {3} after six")
    @CsvSource({
        "10, 1, azure/m, openai/m", // 1,000 tokens of prompt at 10 again, or at 1 where they are
        "12, 12, openai/m, openai/m", // nothing is gained by staying: no cache there
        "5, 0.5, azure/m, openai/m" // the asked one is preferred once nothing is lost
    })
    void a_conversation_that_fell_back_to_another_host_of_its_model_stays_while_its_prompt_is_cached_there(
            String input, String cached, String soon, String late) {
        calls.host("azure").modelAt("azure", "m", input, cached, "10").fallbacks("m", "azure/m");
        moved(List.of(), "azure/m");
        calls.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        Route route = calls.route(List.of(), call(LATER));
        assertThat(route.first().name()).isEqualTo(soon);
        if (soon.equals("azure/m")) {
            assertThat(route.rule()).isEqualTo("direct");
            assertThat(route.reason()).isEqualTo("the conversation is with it");
            assertThat(route.targets())
                    .extracting(Target::name)
                    .as("and may come back if it fails")
                    .contains("openai/m");
        }
        moved(List.of(), "azure/m");
        calls.nanos.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(next(List.of())).isEqualTo(late);
    }

    @Test
    void another_model_that_stood_in_is_left_as_soon_as_the_asked_one_is_well() {
        calls.model("mini", "0.1", "0.01", "0.1", 100_000).fallbacks("m", "mini");
        moved(List.of(), "openai/mini");
        assertThat(next(List.of())).isEqualTo("openai/m");
    }

    @Test
    void another_conversation_begins_where_it_is_asked_for() {
        calls.host("azure").modelAt("azure", "m", "10", "1", "10").fallbacks("m", "azure/m");
        moved(List.of(), "azure/m");
        assertThat(calls.route(List.of(), call(LATER.replace("Hi ", "Yo ")))
                        .first()
                        .name())
                .isEqualTo("openai/m");
    }

    @Test
    void a_rules_list_is_what_is_tried_next_and_a_conversation_stays_with_whichever_of_it_answered() {
        calls.host("a").modelAt("a", "x", "1", "0.1", "1").host("b").modelAt("b", "x", "1", "0.1", "1");
        List<RouteRule> rules = List.of(new RouteRule("r", Calls.ANY, List.of("a/x", "b/x"), ALL));
        assertThat(calls.route(rules, call(FIRST)).targets())
                .extracting(Target::name)
                .containsExactly("a/x", "b/x");
        moved(rules, "b/x");
        Route route = calls.route(rules, call(LATER));
        assertThat(route.targets()).extracting(Target::name).containsExactly("b/x", "a/x");
        assertThat(route.rule()).isEqualTo("r");
        calls.nanos.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(next(rules)).isEqualTo("a/x");
    }

    @Test
    void conversations_spread_over_equal_targets_and_few_move_when_one_is_added() {
        calls.host("a").modelAt("a", "m", "10", "1", "10").host("b").modelAt("b", "m", "10", "1", "10");
        RouteRule two = new RouteRule("r", Calls.ANY, List.of("openai/m", "a/m"), ALL, true);
        RouteRule three = new RouteRule("r", Calls.ANY, List.of("openai/m", "a/m", "b/m"), ALL, true);
        Map<String, Integer> seen = new HashMap<>();
        List<String> movedElsewhere = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            String first = FIRST.replace("Hi ", "Q" + i + " ");
            String before = calls.route(List.of(two), call(first)).first().name();
            assertThat(calls.route(List.of(two), call(LATER.replace("Hi ", "Q" + i + " ")))
                            .first()
                            .name())
                    .as("its later turns")
                    .isEqualTo(before);
            String after = new Calls()
                    .model("m", "10", "1", "10", 100_000)
                    .host("a")
                    .modelAt("a", "m", "10", "1", "10")
                    .host("b")
                    .modelAt("b", "m", "10", "1", "10")
                    .route(List.of(three), call(first))
                    .first()
                    .name();
            seen.merge(after, 1, Integer::sum);
            if (!after.equals(before) && !after.equals("b/m")) {
                movedElsewhere.add(before + " to " + after);
            }
        }
        assertThat(seen)
                .hasSize(3)
                .allSatisfy((target, count) -> assertThat(count).isBetween(150, 250));
        assertThat(movedElsewhere).isEmpty();
    }
}
