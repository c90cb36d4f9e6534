package io.tollgate.routing.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.http.SplicedBody;
import io.tollgate.core.provider.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
    private static final int ALL = 1_000_000;
    private static final String ASK = "{'model':'dear','messages':[{'role':'user','content':'Hi'}]}";
    private static final String LATER = "{'model':'dear','messages':[{'role':'user','content':'" + "Hi ".repeat(300)
            + "'},{'role':'assistant','content':'Ho'},{'role':'user','content':'Go on'}]}";
    private static final RouteRule TO_CHEAP = new RouteRule("to-cheap", Calls.ANY, List.of("cheap"), ALL);

    private final Calls calls = new Calls().model("dear", "10", "1", "10", 100_000);

    private Exchange call(String body, String... headers) {
        return calls.call(body, Caller.ANONYMOUS, Map.of(), headers);
    }

    private String sentTo(RouteRule rule, Exchange exchange) {
        return String.valueOf(calls.route(List.of(rule), exchange).first().model());
    }

    @Test
    void the_first_rule_that_holds_decides_and_says_so() {
        calls.model("cheap", "1", "0.1", "1", 100_000).model("other", "1", "0.1", "1", 100_000);
        RouteRule long_ = new RouteRule(
                "long", new Conditions(Map.of(), null, 5_000, Long.MAX_VALUE, null), List.of("other"), ALL);
        Route route = calls.route(List.of(long_, TO_CHEAP), call(ASK));
        assertThat(route.rule()).isEqualTo("to-cheap");
        assertThat(route.first().model()).isEqualTo("cheap");
        assertThat(calls.switches.followed("to-cheap")).isEqualTo(1);
        calls.promptTokens = 5_000;
        assertThat(calls.route(List.of(long_, TO_CHEAP), call(ASK.replace("Hi", "Ho")))
                        .rule())
                .isEqualTo("long");
    }

    @Test
    void a_caller_who_wants_no_other_model_gets_none() {
        calls.model("cheap", "1", "0.1", "1", 100_000);
        Route route = calls.route(List.of(TO_CHEAP), call(ASK, "x-tollgate-route", "OFF"));
        assertThat(route.rule()).isEqualTo("direct");
        assertThat(route.reason()).isEqualTo("the caller wants no other");
        assertThat(route.first().edits()).isEmpty();
    }

    @Test
    void a_key_is_led_only_to_models_it_may_use() {
        calls.model("cheap", "1", "0.1", "1", 100_000).model("cheaper", "0.5", "0.1", "1", 100_000);
        RouteRule either = new RouteRule("r", Calls.ANY, List.of("cheap", "cheaper"), ALL);
        Caller key = new Caller("k", Tags.NONE, List.of("dear", "cheaper"), null, Set.of());
        assertThat(sentTo(either, calls.call(ASK, key, Map.of()))).isEqualTo("cheaper");
        assertThat(sentTo(TO_CHEAP, calls.call(ASK, key, Map.of()))).isEqualTo("dear");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "images | 'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:,'}}]}]",
                "tools | 'messages':[{'role':'user','content':'a'}],'tools':[{'type':'function','function':{'name':'f'}}]",
                "response_format | 'messages':[{'role':'user','content':'a'}],'response_format':{'type':'json_object'}",
                "prefill | 'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'{'}]"
            })
    void a_model_that_refuses_what_the_call_needs_is_passed_over_for_one_that_takes_it(String refused, String members) {
        calls.model("cheap", "1", "0.1", "1", 100_000, refused).model("able", "2", "0.2", "2", 100_000);
        RouteRule rule = new RouteRule("r", Calls.ANY, List.of("cheap", "able"), ALL);
        assertThat(sentTo(rule, call("{'model':'dear'," + members + "}"))).isEqualTo("able");
        assertThat(sentTo(rule, call(ASK.replace("Hi", refused)))).isEqualTo("cheap");
        assertThat(sentTo(TO_CHEAP, call("{'model':'dear'," + members + "}"))).isEqualTo("dear");
    }

    @Test
    void a_window_must_hold_the_prompt_and_the_callers_cap_and_no_cap_may_exceed_what_the_model_takes() {
        calls.model("cheap", "1", "0.1", "1", 2_000);
        assertThat(sentTo(TO_CHEAP, call(ASK.replace("{'model'", "{'max_tokens':1000,'model'"))))
                .isEqualTo("cheap");
        assertThat(sentTo(TO_CHEAP, call(ASK.replace("{'model'", "{'max_tokens':1001,'model'"))))
                .isEqualTo("dear");
        calls.promptTokens = 2_001;
        assertThat(sentTo(TO_CHEAP, call(ASK))).isEqualTo("dear");
        calls.promptTokens = 1;
        calls.model("vast", "1", "0.1", "1", 1_000_000);
        RouteRule toVast = new RouteRule("r", Calls.ANY, List.of("vast"), ALL);
        assertThat(sentTo(toVast, call(ASK.replace("{'model'", "{'max_tokens':4097,'model'"))))
                .isEqualTo("dear");
    }

    @Test
    void parameters_that_only_tune_are_taken_out_where_they_are_refused_and_the_reason_names_them() {
        calls.model("cheap", "1", "0.1", "1", 100_000, "temperature", "top_p", "logprobs");
        Exchange tuned = call(ASK.replace("{'model'", "{'temperature':0.2, 'top_p':1,'user':'u','model'"));
        Route route = calls.route(List.of(TO_CHEAP), tuned);
        assertThat(route.reason()).startsWith("the rule applies, without ").contains("temperature", "top_p");
        String sent =
                new String(new SplicedBody(tuned.body(), route.first().edits()).toBytes(), StandardCharsets.UTF_8);
        assertThat(sent).contains("\"user\":\"u\"", "\"cheap\"").doesNotContain("temperature", "top_p");
        assertThat(sentTo(TO_CHEAP, call(ASK.replace("{'model'", "{'logprobs':true,'model'"))))
                .as("what the answer is to hold is not taken out")
                .isEqualTo("dear");
    }

    @Test
    void a_share_takes_whole_sessions_and_whole_conversations() {
        calls.model("cheap", "1", "0.1", "1", 100_000);
        RouteRule half = new RouteRule("half", Calls.ANY, List.of("cheap"), ALL / 2);
        int bySession = 0;
        int byOpening = 0;
        for (int i = 0; i < 400; i++) {
            Map<String, String> session = Map.of("session", "s" + i);
            String first = sentTo(half, calls.call(ASK, Caller.ANONYMOUS, session));
            assertThat(sentTo(half, calls.call(ASK.replace("Hi", "Something else"), Caller.ANONYMOUS, session)))
                    .isEqualTo(first);
            bySession += first.equals("cheap") ? 1 : 0;
            String opening = "{'model':'dear','messages':[{'role':'system','content':'x'},{'role':'user','content':'Q"
                    + i + "'}";
            String begun = sentTo(half, call(opening + "]}"));
            String later = opening.replace("'x'", "'another clock'")
                    + ",{'role':'assistant','content':'A'},{'role':'user','content':'And?'}]}";
            assertThat(sentTo(half, call(later))).isEqualTo(begun);
            byOpening += begun.equals("cheap") ? 1 : 0;
        }
        assertThat(List.of(bySession, byOpening))
                .allSatisfy(count -> assertThat(count).isBetween(160, 240));
    }

    @Test
    void sessions_in_a_smaller_share_stay_in_it_when_it_grows() {
        calls.model("cheap", "1", "0.1", "1", 100_000);
        List<String> left = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Exchange exchange = calls.call(ASK, Caller.ANONYMOUS, Map.of("session", "s" + i));
            boolean few = sentTo(new RouteRule("r", Calls.ANY, List.of("cheap"), ALL / 10), exchange)
                    .equals("cheap");
            boolean many = sentTo(new RouteRule("r", Calls.ANY, List.of("cheap"), ALL / 2), exchange)
                    .equals("cheap");
            if (few && !many) {
                left.add("s" + i);
            }
        }
        assertThat(left).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5, false", "3, false", "0.5, true"})
    void in_a_conversation_a_cheaper_model_must_make_up_for_what_the_providers_cache_holds(
            String cheapInput, boolean switches) {
        // dear: 1,000 cached tokens at 1 and 500 of output at 10; the other reads all of it anew, with the same output
        // price
        calls.model("cheap", cheapInput, "0.1", "10", 100_000);
        RouteRule tagged = new RouteRule(
                "to-cheap",
                new Conditions(Map.of("task", List.of("classify")), null, 0, Long.MAX_VALUE, null),
                List.of("cheap"),
                ALL);
        String first = LATER.substring(0, LATER.indexOf(",{'role':'assistant'")) + "]}";
        assertThat(sentTo(tagged, call(first))).isEqualTo("dear");
        Exchange later = calls.call(LATER, Caller.ANONYMOUS, Map.of("task", "classify"));
        Route route = calls.route(List.of(tagged), later);
        assertThat(route.first().model()).isEqualTo(switches ? "cheap" : "dear");
        assertThat(route.reason()).isEqualTo(switches ? "the rule applies" : "the conversation is with it");
    }

    @Test
    void a_conversation_that_began_with_the_rules_model_stays_there_when_the_rule_no_longer_finds_it_simple() {
        calls.model("cheap", "9", "0.5", "9", 100_000);
        RouteRule simple =
                new RouteRule("simple", new Conditions(Map.of(), true, 0, Long.MAX_VALUE, null), List.of("cheap"), ALL);
        String first = LATER.substring(0, LATER.indexOf(",{'role':'assistant'")) + "]}";
        assertThat(sentTo(simple, calls.call(first, Caller.ANONYMOUS, Map.of("task", "translate"))))
                .isEqualTo("cheap");
        Route route = calls.route(List.of(simple), calls.call(LATER, Caller.ANONYMOUS, Map.of("task", "analyze")));
        assertThat(route.first().model()).isEqualTo("cheap");
        assertThat(route.reason()).isEqualTo("the conversation is with it");
    }

    @Test
    void a_rule_that_is_switched_off_is_passed_over_and_counts_nothing() {
        calls.model("cheap", "1", "0.1", "1", 100_000);
        calls.switches.set("to-cheap", false);
        assertThat(calls.switches.isOn("to-cheap")).isFalse();
        assertThat(sentTo(TO_CHEAP, call(ASK))).isEqualTo("dear");
        assertThat(calls.switches.followed("to-cheap")).isZero();
        calls.switches.set("to-cheap", true);
        assertThat(sentTo(TO_CHEAP, call(ASK))).isEqualTo("cheap");
        assertThat(calls.switches.followed("to-cheap")).isEqualTo(1);
    }
}
