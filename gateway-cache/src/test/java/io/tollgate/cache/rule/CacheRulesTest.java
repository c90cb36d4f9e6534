package io.tollgate.cache.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.cache.key.BypassReason;
import io.tollgate.cache.key.ScopeRule;
import io.tollgate.cache.rule.Admission.Admitted;
import io.tollgate.cache.rule.Admission.Passed;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.RequestHead;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Target;
import io.tollgate.core.provider.Timeouts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CacheRulesTest {
    private static final Endpoint CHAT =
            new Endpoint(new OpenAiChatDialect(), Operation.GENERATE, null, "/v1/chat/completions", null, false);
    private static final Provider OPENAI =
            new Provider("openai", Family.OPENAI, URI.create("http://h"), null, Timeouts.DEFAULT);
    private static final CachePolicy HOUR = new CachePolicy(When.DETERMINISTIC, Duration.ofHours(1));
    private static final CachePolicy DAY = new CachePolicy(When.ALWAYS, Duration.ofDays(1));

    @Test
    void a_call_is_admitted_with_its_scope_and_policy() {
        Admission admission = admit(rules(HOUR), "", "0");

        assertThat(admission).isInstanceOfSatisfying(Admitted.class, admitted -> {
            assertThat(admitted.scope().text()).isEqualTo("key:k");
            assertThat(admitted.policy()).isEqualTo(HOUR);
            assertThat(admitted.directive()).isEqualTo(CacheDirective.NONE);
        });
    }

    @Test
    void the_first_rule_that_matches_decides() {
        CacheRules rules = new CacheRules(
                ScopeRule.PER_KEY,
                new CachePolicies(
                        List.of(
                                new CachePolicies.Rule(match("feature", "search"), HOUR),
                                new CachePolicies.Rule(match("feature", "f*"), DAY),
                                new CachePolicies.Rule(match("key", "k"), HOUR)),
                        HOUR,
                        List.of()));

        assertThat(admit(rules, "", "0.5"))
                .isInstanceOfSatisfying(
                        Admitted.class,
                        admitted -> assertThat(admitted.policy()).isEqualTo(DAY));
    }

    @Test
    void no_store_goes_before_everything() {
        for (CallMatch match : List.of(
                match("key", "k"), match("feature", "faq"), match("model", "gpt-*"), match("provider", "openai"))) {
            CacheRules rules = new CacheRules(ScopeRule.PER_KEY, new CachePolicies(List.of(), DAY, List.of(match)));
            assertThat(admit(rules, "only", "0")).isEqualTo(new Passed(BypassReason.NO_STORE));
        }
    }

    @Test
    void a_match_on_a_tag_the_call_does_not_have_does_not_hold() {
        CacheRules rules =
                new CacheRules(ScopeRule.PER_KEY, new CachePolicies(List.of(), HOUR, List.of(match("team", "*"))));

        assertThat(admit(rules, "", "0")).isInstanceOf(Admitted.class);
    }

    @Test
    void variety_is_bought_unless_the_policy_says_otherwise() {
        assertThat(admit(rules(HOUR), "", "0.5")).isEqualTo(new Passed(BypassReason.TEMPERATURE));
        assertThat(admit(rules(DAY), "", "0.5")).isInstanceOf(Admitted.class);
    }

    @Test
    void on_request_only_those_who_ask_are_cached() {
        CacheRules rules = rules(new CachePolicy(When.HEADER, Duration.ofHours(1)));

        assertThat(admit(rules, "", "0")).isEqualTo(new Passed(BypassReason.NOT_ASKED));
        assertThat(admit(rules, "on", "0.5")).isInstanceOf(Admitted.class);
        assertThat(admit(rules, "refresh", "0")).isInstanceOf(Admitted.class);
    }

    @Test
    void a_caller_can_keep_out_of_it() {
        assertThat(admit(rules(DAY), "OFF", "0")).isEqualTo(new Passed(BypassReason.OFF));
        assertThatThrownBy(() -> admit(rules(DAY), "never", "0"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("x-tollgate-cache");
    }

    private static CacheRules rules(CachePolicy policy) {
        return new CacheRules(ScopeRule.PER_KEY, new CachePolicies(List.of(), policy, List.of()));
    }

    private static CallMatch match(String name, String glob) {
        return new CallMatch(Map.of(name, List.of(glob)));
    }

    private static Admission admit(CacheRules rules, String directive, String temperature) {
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        headers.add("x-tollgate-cache", directive);
        RequestBody body = RequestBody.of(("{\"model\":\"gpt-4o\",\"messages\":[],\"temperature\":" + temperature + "}")
                .getBytes(StandardCharsets.UTF_8));
        RequestHead head = RequestHead.of(HttpMethod.POST, CHAT.path(), headers);
        Exchange exchange = new Exchange("r", Instant.EPOCH, 0, CHAT, head, body, Runnable::run);
        Tags tags = Tags.of(Map.of("feature", "faq"));
        exchange.caller().decide(new Caller("k", Tags.NONE, List.of(), null, Set.of()));
        exchange.tags().decide(tags);
        exchange.facts().decide(CHAT.dialect().read(CHAT, body));
        return rules.admit(exchange, new Target(OPENAI, "gpt-4o", CHAT.path(), List.of()), body);
    }
}
