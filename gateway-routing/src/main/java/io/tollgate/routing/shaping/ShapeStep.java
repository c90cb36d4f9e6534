package io.tollgate.routing.shaping;

import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Target;
import io.tollgate.core.step.ShapeSwitch;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** Shortens prompts that are longer than the configuration allows, unless the caller wants nothing touched. */
public final class ShapeStep implements Step {
    /** Bodies up to this size are shortened on the event loop; longer ones on a thread of their own. */
    private static final int INLINE_BYTES = 4 << 10;

    private static final int WAITING = 64;
    /** Where more wait than this, prompts go as they are. */
    private static final ThreadPoolExecutor OFF_LOOP = new ThreadPoolExecutor(
            2,
            2,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("shaping-", 0).factory());

    static {
        OFF_LOOP.allowCoreThreadTimeOut(true);
    }

    private final ShapingTerms terms;
    private final ToLongFunction<Exchange> promptTokens;
    private final PriceCatalogue prices;

    /**
     * By these terms.
     *
     * @param promptTokens estimates a prompt's tokens, fast enough for the event loop
     */
    public ShapeStep(ShapingTerms terms, ToLongFunction<Exchange> promptTokens, PriceCatalogue prices) {
        this.terms = terms;
        this.promptTokens = promptTokens;
        this.prices = prices;
    }

    @Override
    public Outcome apply(Exchange exchange) {
        if (terms.maxInputTokens() == Long.MAX_VALUE
                || exchange.endpoint().operation() != Operation.GENERATE
                || ShapeSwitch.off(exchange)) {
            return Outcome.NEXT;
        }
        long tokens = promptTokens.applyAsLong(exchange);
        if (tokens <= terms.maxInputTokens()) {
            return Outcome.NEXT;
        }
        RequestFacts facts = exchange.facts().get();
        double bytesPerToken = facts.textBytes() / (double) tokens;
        long bytes = (long) Math.ceil((tokens - terms.maxInputTokens()) * bytesPerToken);
        if (exchange.body().length() <= INLINE_BYTES) {
            return shaped(exchange, Truncation.edits(facts, exchange.body(), bytes, terms.strategy()), bytesPerToken);
        }
        RequestBody copy = RequestBody.of(exchange.body().copy());
        try {
            return Outcome.await(
                    CompletableFuture.supplyAsync(
                            () -> Truncation.edits(facts, copy, bytes, terms.strategy()), OFF_LOOP),
                    edits -> shaped(exchange, edits, bytesPerToken));
        } catch (RejectedExecutionException e) {
            return Outcome.NEXT;
        }
    }

    private Outcome shaped(Exchange exchange, List<BodyEdit> edits, double bytesPerToken) {
        long removed = 0;
        for (BodyEdit edit : edits) {
            removed += edit instanceof BodyEdit.Splice splice
                    ? splice.span().length() - splice.replacement().length
                    : 0;
        }
        if (removed > 0) {
            long tokens = Math.round(removed / bytesPerToken);
            exchange.edit(edits);
            exchange.onFinish((finished, completion) -> saved(finished, tokens));
        }
        return Outcome.NEXT;
    }

    private void saved(Exchange exchange, long tokens) {
        Metered bought = exchange.bought();
        Target target = exchange.answering();
        if (bought == null || !bought.cost().isPriced() || target == null || target.model() == null) {
            return;
        }
        Price price = prices.price(target.provider().name(), target.model(), exchange.receivedAt());
        if (price != null) {
            exchange.saved(
                    "truncation",
                    price.cost(Usage.of(tokens, 0), bought.report().serviceTier(), exchange.receivedAt())
                            .nanos());
        }
    }
}
