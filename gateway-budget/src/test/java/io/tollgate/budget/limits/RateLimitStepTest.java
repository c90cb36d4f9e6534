package io.tollgate.budget.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.budget.step.CallEstimate;
import io.tollgate.budget.step.CostEstimator;
import io.tollgate.budget.step.ModelAt;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Completion;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.RequestHead;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Pipeline;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateLimitStepTest {
    private static final CostEstimator TEN = new CostEstimator() {
        @Override
        public CallEstimate estimate(Exchange exchange, @Nullable String model) {
            return new CallEstimate(6, 4);
        }

        @Override
        public long outputTokens(Exchange exchange, long textBytes) {
            return textBytes;
        }
    };

    private final RateLimiter limiter = new RateLimiter(10, () -> 0);
    private final RateLimitStep step =
            new RateLimitStep(limiter, TEN, exchange -> List.of(new ModelAt("openai", "gpt-4o")));

    private static Exchange exchange(Operation operation) {
        Exchange exchange = new Exchange(
                "id",
                Instant.EPOCH,
                0,
                new Endpoint(new OpenAiChatDialect(), operation, null, "/v1/chat/completions", null, false),
                new RequestHead(HttpMethod.POST, "/v1/chat/completions", null, new DefaultHttpHeaders()),
                RequestBody.EMPTY,
                Runnable::run);
        exchange.caller().decide(Caller.ANONYMOUS);
        exchange.tags().decide(Tags.NONE);
        exchange.facts().decide(RequestFacts.unread("gpt-4o", false));
        return exchange;
    }

    private static void finish(Exchange exchange) {
        exchange.finish(new Completion(End.REFUSED, 500, 0));
        exchange.finish(new Completion(End.COMPLETE, 200, 0));
    }

    private void limit(String provider, long tokens, int concurrent) {
        limiter.rules(List.of(new RateLimitRule(
                "r",
                Map.of("provider", List.of(provider)),
                List.of(),
                null,
                Rate.of(tokens, Duration.ofMinutes(1)),
                concurrent)));
    }

    private Reply run(Exchange exchange, Step behind) {
        List<Reply> replies = new ArrayList<>();
        new Pipeline(List.of(step, behind)).run(exchange, replies::add);
        assertThat(replies).hasSize(1);
        return replies.getFirst();
    }

    @Test
    void a_step_that_panics_or_whose_wait_fails_costs_no_slot_and_no_tokens() {
        limit("openai", 20, 1);
        Step panics = exchange -> {
            throw new IllegalStateException("panic");
        };
        Step fails = exchange -> Outcome.await(
                CompletableFuture.failedFuture(new IllegalStateException("failed")), unused -> Outcome.NEXT);
        for (int i = 0; i < 50; i++) {
            Exchange exchange = exchange(Operation.GENERATE);
            assertThat(run(exchange, i % 2 == 0 ? panics : fails)).asString().contains(ErrorKind.INTERNAL.name());
            finish(exchange);
        }
    }

    @Test
    void a_caller_that_leaves_while_a_step_waits_gives_its_slot_back() {
        limit("openai", 20, 1);
        for (int i = 0; i < 10; i++) {
            Exchange exchange = exchange(Operation.GENERATE);
            CompletableFuture<String> never = new CompletableFuture<>();
            List<Reply> replies = new ArrayList<>();
            new Pipeline(List.of(step, waiting -> Outcome.await(never, unused -> Outcome.NEXT)))
                    .run(exchange, replies::add);
            exchange.finish(new Completion(End.CLIENT_GONE, 0, 0));
            never.complete("late");
            assertThat(replies).isEmpty();
        }
    }

    @Test
    void what_was_metered_counts_and_not_what_was_expected() {
        limit("openai", 100, -1);
        Exchange exchange = exchange(Operation.GENERATE);
        assertThat(step.apply(exchange)).isEqualTo(Outcome.NEXT);
        assertThat(exchange.replyHeaders().get("x-ratelimit-remaining-tokens")).isEqualTo("90");
        UsageReport report = new UsageReport(
                Usage.of(20, 30),
                UsageSource.PROVIDER,
                null,
                null,
                null,
                -1,
                List.of(new UsageReport.OtherModelUsage("advisor", Usage.of(1, 2))));
        exchange.metered().decide(new Metered(report, Cost.NOTHING));
        finish(exchange);
        Exchange next = exchange(Operation.LIST_MODELS);
        step.apply(next);
        assertThat(next.replyHeaders().get("x-ratelimit-remaining-tokens")).isEqualTo("47");
    }

    @Test
    void a_rule_for_another_provider_and_calls_no_rule_is_for_are_left_alone() {
        limit("anthropic", 1, 1);
        for (int i = 0; i < 5; i++) {
            Exchange exchange = exchange(Operation.GENERATE);
            assertThat(step.apply(exchange)).isEqualTo(Outcome.NEXT);
            assertThat(exchange.replyHeaders()).isEmpty();
            assertThat(exchange.taps()).isEmpty();
        }
    }

    @Test
    void what_a_tunnel_carries_is_not_taken_for_text() {
        limit("openai", 5, -1);
        Exchange exchange = exchange(Operation.TUNNEL);
        assertThat(step.apply(exchange)).isEqualTo(Outcome.NEXT);
        assertThat(exchange.replyHeaders().get("x-ratelimit-remaining-tokens")).isEqualTo("4");
    }
}
