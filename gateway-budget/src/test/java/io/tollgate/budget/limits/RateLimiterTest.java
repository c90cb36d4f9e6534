package io.tollgate.budget.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.ledger.TestTime;
import io.tollgate.core.exchange.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestTime time = new TestTime("2026-11-22T10:00:00Z");
    private final RateLimiter limiter = new RateLimiter(1000, time);

    private static Attribution call(@Nullable String key, String... tags) {
        Map<String, String> all = new java.util.HashMap<>();
        for (int i = 0; i < tags.length; i += 2) {
            all.put(tags[i], tags[i + 1]);
        }
        return new Attribution(Tags.of(all), key, "gpt-4o", "openai");
    }

    private static RateLimitRule requests(String name, List<String> each, long amount) {
        return new RateLimitRule(name, Map.of(), each, Rate.of(amount, MINUTE), null, -1);
    }

    private static RateLimitRule tokens(String name, long amount) {
        return new RateLimitRule(name, Map.of(), List.of(), null, Rate.of(amount, MINUTE), -1);
    }

    private static RateLimitRule concurrent(String name, List<String> each, int slots) {
        return new RateLimitRule(name, Map.of(), each, null, null, slots);
    }

    private RatePermit granted(Attribution call, long input, long output) {
        return (RatePermit) limiter.take(call, input, output);
    }

    private RateShortage refused(Attribution call, long input, long output) {
        return (RateShortage) limiter.take(call, input, output);
    }

    private int grantedOf(int calls, Attribution call) {
        int granted = 0;
        for (int i = 0; i < calls; i++) {
            if (limiter.take(call, 0, 0) instanceof RatePermit permit) {
                permit.settle(0);
                granted++;
            }
        }
        return granted;
    }

    @Test
    void a_refused_call_consumes_nothing_of_the_rules_that_would_have_let_it_through() {
        limiter.rules(
                List.of(requests("wide", List.of(), 100), requests("narrow", List.of(), 3), tokens("text", 1000)));
        for (int i = 0; i < 3; i++) {
            granted(call(null), 10, 0);
        }
        for (int i = 0; i < 50; i++) {
            assertThat(refused(call(null), 10, 0).rule()).isEqualTo("narrow");
        }
        limiter.rules(List.of(requests("wide", List.of(), 100), tokens("text", 1000)));
        RatePermit next = granted(call(null), 10, 0);
        assertThat(next.requests())
                .isEqualTo(new Quota(100, 96, Duration.ofMillis(2400).toNanos()));
        assertThat(next.tokens())
                .isEqualTo(new Quota(1000, 960, Duration.ofMillis(2400).toNanos()));
    }

    @Test
    void the_rule_that_lets_a_call_wait_longest_is_named_with_what_is_used_and_when_to_come_again() {
        limiter.rules(List.of(requests("slow", List.of("user"), 2), requests("fast", List.of(), 3)));
        granted(call(null, "user", "ann"), 0, 0);
        granted(call(null, "user", "ann"), 0, 0);
        granted(call(null, "user", "bob"), 0, 0);
        RateShortage shortage = refused(call(null, "user", "ann"), 0, 0);
        assertThat(shortage.rule()).isEqualTo("slow");
        assertThat(shortage.each()).isEqualTo(Map.of("user", "ann"));
        assertThat(List.of(shortage.limit(), shortage.used(), shortage.kind()))
                .isEqualTo(List.of("2/min", 2L, LimitKind.REQUESTS));
        time.pass(Duration.ofNanos(shortage.waitNanos() - 1));
        refused(call(null, "user", "ann"), 0, 0);
        time.pass(Duration.ofNanos(1));
        granted(call(null, "user", "ann"), 0, 0);
    }

    @Test
    void tokens_are_corrected_to_what_was_used_in_both_directions() {
        limiter.rules(List.of(tokens("text", 1000)));
        RatePermit little = granted(call(null), 100, 500);
        little.settle(40);
        little.settle(0);
        assertThat(granted(call(null), 0, 0).tokens())
                .isEqualTo(new Quota(1000, 960, Duration.ofMillis(2400).toNanos()));
        granted(call(null), 10, 0).settle(3000);
        RateShortage shortage = refused(call(null), 1, 0);
        assertThat(shortage.used()).isEqualTo(3040);
        assertThat(Duration.ofNanos(shortage.waitNanos())).isEqualTo(Duration.ofNanos(2041L * 60_000_000));
    }

    @Test
    void a_prompt_beyond_the_limit_can_never_pass_and_an_answer_that_may_be_takes_all_there_is() {
        limiter.rules(List.of(tokens("text", 1000)));
        assertThat(refused(call(null), 1001, 0).waitNanos()).isEqualTo(-1);
        RatePermit permit = granted(call(null), 900, 500);
        assertThat(permit.tokens()).isEqualTo(new Quota(1000, 0, MINUTE.toNanos()));
        permit.settle(950);
        assertThat(granted(call(null), 0, 0).tokens())
                .isEqualTo(new Quota(1000, 50, Duration.ofSeconds(57).toNanos()));
    }

    @Test
    void a_slot_is_free_again_when_its_call_is_over_and_not_before() {
        limiter.rules(List.of(concurrent("slots", List.of("user"), 2)));
        RatePermit first = granted(call(null, "user", "ann"), 0, 0);
        granted(call(null, "user", "ann"), 0, 0);
        time.pass(Duration.ofDays(1));
        RateShortage full = refused(call(null, "user", "ann"), 0, 0);
        assertThat(List.of(full.kind(), full.used(), full.limit())).isEqualTo(List.of(LimitKind.CONCURRENT, 2L, "2"));
        granted(call(null, "user", "bob"), 0, 0);
        first.settle(0);
        first.settle(0);
        granted(call(null, "user", "ann"), 0, 0);
        refused(call(null, "user", "ann"), 0, 0);
    }

    @Test
    void a_caller_that_makes_up_users_and_sessions_stays_within_the_limit_of_its_key() {
        limiter.rules(List.of(requests("per-key", List.of("key"), 5), requests("per-user", List.of("user"), 100)));
        int granted = 0;
        for (int i = 0; i < 100; i++) {
            granted += grantedOf(1, call("k", "user", "u" + i, "session", "s" + i, "key", "k" + i));
        }
        assertThat(granted).isEqualTo(5);
        assertThat(grantedOf(1, call("other", "user", "u1"))).isEqualTo(1);
    }

    @Test
    void callers_without_a_value_share_one_bucket() {
        limiter.rules(List.of(requests("per-user", List.of("user"), 5)));
        assertThat(grantedOf(10, call("a")) + grantedOf(10, call("b"))).isEqualTo(5);
    }

    @Test
    void a_million_users_hold_a_bounded_number_of_buckets_and_gain_nothing() {
        limiter.rules(List.of(requests("per-user", List.of("user"), 10)));
        assertThat(grantedOf(20, call(null, "user", "victim"))).isEqualTo(10);
        long granted = 0;
        for (int i = 0; i < 1_000_000; i++) {
            granted += grantedOf(1, call(null, "user", "u" + i));
        }
        assertThat(limiter.accounts()).isLessThanOrEqualTo(1001);
        assertThat(granted)
                .as("an account each while there is room, then one for all")
                .isEqualTo(999 + 10);
        assertThat(limiter.overflowed()).isGreaterThan(900_000);
        assertThat(grantedOf(1, call(null, "user", "victim")))
                .as("was not forgotten")
                .isZero();
        time.pass(Duration.ofSeconds(6));
        assertThat(grantedOf(5, call(null, "user", "victim"))).isEqualTo(1);
    }

    @Test
    void an_idle_full_bucket_is_forgotten_and_one_in_use_is_not() {
        RateLimitRule rule = new RateLimitRule("r", Map.of(), List.of("user"), Rate.of(10, MINUTE), null, 1);
        limiter.rules(List.of(rule));
        RatePermit streaming = granted(call(null, "user", "streaming"), 0, 0);
        for (int i = 0; i < 900; i++) {
            grantedOf(1, call(null, "user", "u" + i));
        }
        time.pass(MINUTE);
        for (int i = 0; i < 900; i++) {
            grantedOf(1, call(null, "user", "v" + i));
        }
        assertThat(limiter.accounts()).isLessThan(1000);
        refused(call(null, "user", "streaming"), 0, 0);
        streaming.settle(0);
        granted(call(null, "user", "streaming"), 0, 0);
    }

    @Test
    void a_reload_keeps_the_buckets_of_rules_that_count_the_same_calls() {
        limiter.rules(List.of(requests("a", List.of("user"), 5), requests("b", List.of(), 1000)));
        assertThat(grantedOf(5, call(null, "user", "ann"))).isEqualTo(5);
        limiter.rules(List.of(requests("b", List.of(), 1000), requests("a", List.of("user"), 5)));
        assertThat(grantedOf(5, call(null, "user", "ann"))).isZero();
        limiter.rules(List.of(requests("a", List.of("user"), 8)));
        assertThat(grantedOf(5, call(null, "user", "ann")))
                .as("of the raised limit")
                .isEqualTo(3);
        limiter.rules(List.of(requests("a", List.of("team"), 8)));
        assertThat(grantedOf(9, call(null, "user", "ann"))).as("another rule").isEqualTo(8);
    }

    @Test
    void a_call_under_way_over_a_reload_gives_its_slot_back() {
        limiter.rules(List.of(concurrent("slots", List.of(), 1)));
        RatePermit permit = granted(call(null), 0, 0);
        limiter.rules(List.of(concurrent("slots", List.of(), 1), tokens("new", 100)));
        refused(call(null), 0, 0);
        permit.settle(70);
        granted(call(null), 100, 0);
    }

    @Test
    void whatever_happens_no_slot_is_lost_and_no_limit_exceeded() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            RateLimiter many = new RateLimiter(8, time);
            many.rules(List.of(
                    concurrent("per-user", List.of("user"), 3),
                    concurrent("per-team", List.of("team"), 5),
                    concurrent("all", List.of(), 7)));
            List<RatePermit> open = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                if (random.nextInt(3) > 0) {
                    Attribution call = call(null, "user", "u" + random.nextInt(20), "team", "t" + random.nextInt(3));
                    if (many.take(call, 0, 0) instanceof RatePermit permit) {
                        open.add(permit);
                    }
                } else if (!open.isEmpty()) {
                    open.remove(random.nextInt(open.size())).settle(random.nextInt(100));
                }
                assertThat(open.size()).as("seed %d", seed).isLessThanOrEqualTo(7);
            }
            open.forEach(permit -> permit.settle(0));
            for (int i = 0; i < 3; i++) {
                assertThat(many.take(call(null, "user", "u1", "team", "t1"), 0, 0))
                        .as("seed %d", seed)
                        .isInstanceOf(RatePermit.class);
            }
        }
    }
}
