package io.tollgate.routing.shaping;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.OwnCalls;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Target;
import io.tollgate.core.step.ShapeSwitch;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;
import io.tollgate.routing.shaping.summary.SummaryCost;
import io.tollgate.routing.shaping.summary.SummaryLookup;
import io.tollgate.routing.shaping.summary.SummaryTerms;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes prompts shorter where the configuration says so, unless the caller wants nothing touched: leaves turns out, takes
 * filler out of system prompts, shortens what is too long. Tells what was left out in a header of the answer.
 */
public final class ShapeStep implements Step {
    private static final Logger log = LoggerFactory.getLogger(ShapeStep.class);
    private static final String HEADER = "x-tollgate-shape";
    /** Up to so much is done on the event loop; more on a thread of its own. */
    private static final int INLINE_BYTES = 4 << 10;

    private final ShapingTerms terms;
    private final ShapingWork work;
    private final OwnCalls ownCalls;
    private final ToLongFunction<Exchange> promptTokens;
    private final PriceCatalogue prices;

    /**
     * By these terms.
     *
     * @param ownCalls ask for summaries
     * @param promptTokens estimates a prompt's tokens, fast enough for the event loop
     */
    public ShapeStep(
            ShapingTerms terms,
            ShapingWork work,
            OwnCalls ownCalls,
            ToLongFunction<Exchange> promptTokens,
            PriceCatalogue prices) {
        this.terms = terms;
        this.work = work;
        this.ownCalls = ownCalls;
        this.promptTokens = promptTokens;
        this.prices = prices;
    }

    @Override
    public Outcome apply(Exchange exchange) {
        if (ShapingLever.HISTORY.wireName().equals(exchange.madeFor())) {
            exchange.onFinish((finished, completion) -> SummaryCost.charge(finished));
            return Outcome.NEXT;
        }
        if (exchange.endpoint().operation() != Operation.GENERATE || ShapeSwitch.off(exchange)) {
            return Outcome.NEXT;
        }
        RequestFacts facts = exchange.facts().get();
        String provider = exchange.route().get().first().provider().name();
        Levers levers = terms.of(exchange, provider, facts.model());
        if (levers.equals(Levers.NONE)) {
            return Outcome.NEXT;
        }
        hint(exchange, facts, levers);
        long tokens = promptTokens.applyAsLong(exchange);
        long bytes = Shaper.work(facts, exchange.body(), levers, tokens);
        if (bytes == 0) {
            return Outcome.NEXT;
        }
        boolean alternating = exchange.endpoint().dialect().family() != Family.OPENAI;
        SummaryLookup summaries = summaries(exchange, levers);
        if (bytes <= INLINE_BYTES) {
            return shaped(
                    exchange, shape(exchange.id(), facts, exchange.body(), levers, tokens, alternating, summaries));
        }
        RequestBody copy = RequestBody.of(exchange.body().copy());
        try {
            return Outcome.await(
                    CompletableFuture.supplyAsync(
                            () -> shape(exchange.id(), facts, copy, levers, tokens, alternating, summaries),
                            work.threads()),
                    shaped -> shaped(exchange, shaped));
        } catch (RejectedExecutionException e) {
            work.skip();
            return Outcome.NEXT;
        }
    }

    private @Nullable SummaryLookup summaries(Exchange exchange, Levers levers) {
        SummaryTerms by = levers.summary();
        Target target = exchange.route().get().first();
        String dialect = exchange.endpoint().dialect().name();
        if (by == null || !SummaryLookup.speaks(dialect, exchange.endpoint())) {
            return null;
        }
        String scope =
                exchange.caller().get().alone(exchange.head(), target.provider().credentialHeader());
        String cap = prices.traits(target.provider().name(), by.model(), exchange.receivedAt())
                .capField();
        return new SummaryLookup(work.summaries(), by, scope, dialect, cap);
    }

    private void hint(Exchange exchange, RequestFacts facts, Levers levers) {
        String task = exchange.tags().get().get("task");
        if (task == null || !levers.jsonTasks().contains(task)) {
            return;
        }
        Target target = exchange.route().get().first();
        Set<String> refused = target.model() == null
                ? Set.of()
                : prices.traits(target.provider().name(), target.model(), exchange.receivedAt())
                        .refuses();
        List<BodyEdit> edits = JsonHint.edits(exchange.endpoint().dialect().name(), facts, exchange.body(), refused);
        if (!edits.isEmpty()) {
            exchange.edit(edits);
            exchange.replyHeaders().set(HEADER, "json_mode");
        }
    }

    /** A prompt that cannot be shaped, against all expectation, is sent as it is. */
    private static Shaped shape(
            String id,
            RequestFacts facts,
            RequestBody body,
            Levers levers,
            long tokens,
            boolean alternating,
            @Nullable SummaryLookup summaries) {
        try {
            return Shaper.shape(facts, body, levers, tokens, alternating, summaries);
        } catch (RuntimeException e) {
            log.error("the prompt of request {} could not be shaped and goes as it is", id, e);
            return Shaped.NOT;
        }
    }

    private Outcome shaped(Exchange exchange, Shaped shaped) {
        if (shaped.edits().isEmpty()) {
            return Outcome.NEXT;
        }
        exchange.edit(shaped.edits());
        StringJoiner header = new StringJoiner(", ");
        String before = exchange.replyHeaders().get(HEADER);
        if (before != null) {
            header.add(before);
        }
        shaped.tokens().forEach((lever, tokens) -> {
            work.shaped(lever, tokens);
            header.add(lever.wireName() + "=" + tokens
                    + (lever == ShapingLever.HISTORY ? shaped.summary().told() : ""));
        });
        exchange.replyHeaders().set(HEADER, header.toString());
        exchange.onFinish((finished, completion) -> saved(finished, shaped));
        work.summaries().follow(exchange, shaped.summary(), ownCalls);
        return Outcome.NEXT;
    }

    private void saved(Exchange exchange, Shaped shaped) {
        Metered bought = exchange.bought();
        Target target = exchange.answering();
        if (bought == null || !bought.cost().isPriced() || target == null || target.model() == null) {
            return;
        }
        Price price = prices.price(target.provider().name(), target.model(), exchange.receivedAt());
        if (price == null) {
            return;
        }
        shaped.tokens().forEach((lever, tokens) -> {
            if (tokens != 0) {
                long nanos = price.cost(
                                Usage.of(Math.abs(tokens), 0), bought.report().serviceTier(), exchange.receivedAt())
                        .nanos();
                exchange.saved(lever.wireName(), tokens > 0 ? nanos : -nanos);
            }
        });
    }
}
