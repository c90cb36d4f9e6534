package io.tollgate.core.pipeline;

import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.Exchange;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an exchange through an ordered list of steps until one replies. It keeps an index, not a stack: a step that
 * awaits suspends the walk, and the walk goes on from the next index on the exchange's loop. Immutable; shared by all
 * loops.
 */
public final class Pipeline {
    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

    private final Step[] steps;

    /** These steps, in this order; the last one must reply. */
    public Pipeline(List<Step> steps) {
        this.steps = steps.toArray(Step[]::new);
    }

    /** Walks the steps; {@code replied} is called exactly once, on the exchange's loop. */
    public void run(Exchange exchange, Consumer<Reply> replied) {
        walk(exchange, 0, replied);
    }

    private void walk(Exchange exchange, int from, Consumer<Reply> replied) {
        for (int i = from; i < steps.length; i++) {
            Outcome outcome;
            try {
                outcome = steps[i].apply(exchange);
            } catch (RuntimeException e) {
                replied.accept(failed(exchange, e));
                return;
            }
            if (!(outcome instanceof Outcome.Next)) {
                settle(exchange, outcome, i, replied);
                return;
            }
        }
        replied.accept(failed(exchange, new IllegalStateException("no step replied")));
    }

    private void settle(Exchange exchange, Outcome outcome, int index, Consumer<Reply> replied) {
        switch (outcome) {
            case Outcome.Next next -> walk(exchange, index + 1, replied);
            case Outcome.Answer answer -> replied.accept(answer.reply());
            case Outcome.Await<?> await -> suspend(exchange, await, index, replied);
        }
    }

    private void suspend(Exchange exchange, Outcome.Await<?> await, int index, Consumer<Reply> replied) {
        var unused = await.resume(exchange.loop())
                .whenCompleteAsync(
                        (outcome, failure) -> {
                            if (exchange.completion() != null) {
                                return; // the caller left meanwhile
                            }
                            if (failure != null) {
                                replied.accept(failed(exchange, failure));
                            } else {
                                settle(exchange, outcome, index, replied);
                            }
                        },
                        exchange.loop());
    }

    private static Reply failed(Exchange exchange, Throwable failure) {
        log.error("a step failed for request {}", exchange.id(), failure);
        return new Reply.Refused(new Refusal(
                ErrorKind.INTERNAL,
                "Tollgate failed on this request; its id is " + exchange.id() + " in the gateway's log"));
    }
}
