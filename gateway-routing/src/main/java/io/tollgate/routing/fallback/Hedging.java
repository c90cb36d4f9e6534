package io.tollgate.routing.fallback;

import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Recovery.Failure;
import io.tollgate.core.pipeline.Recovery.Hedge;
import io.tollgate.core.pipeline.Recovery.Next;
import io.tollgate.core.provider.Target;
import io.tollgate.routing.table.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides which calls are late, and what is called beside them: the next target that can serve it, else the same one. */
final class Hedging {
    /** What the provider keeps for the caller would get the answer twice. */
    private static final List<String> CHANGES_STATE = List.of("conversation", "container", "background");

    private final FallbackTerms terms;
    private final TargetHealth health;
    private final HedgeBook book;
    private final Router router;
    private final Fallbacks.Affordable affordable;

    Hedging(FallbackTerms terms, TargetHealth health, Router router, Fallbacks.Affordable affordable) {
        this.terms = terms;
        this.health = health;
        this.book = health.hedges();
        this.router = router;
        this.affordable = affordable;
    }

    private boolean mayHedge(Exchange exchange) {
        return terms.hedge().enabled() && exchange.endpoint().operation() == Operation.GENERATE;
    }

    private static boolean changesState(Exchange exchange) {
        return CHANGES_STATE.stream()
                .anyMatch(name -> exchange.facts().get().members().get(name) != null);
    }

    void call(Exchange exchange) {
        if (mayHedge(exchange)) {
            book.share().call(terms.hedge().maxShare());
        }
    }

    /** A head came after so long, or none came for so long: without the latter only quick ones would be learned. */
    void took(Exchange exchange, Attempt attempt, long untilNanos) {
        if (mayHedge(exchange) && attempt.sentNanos() != 0) {
            book.times()
                    .record(
                            attempt.target(),
                            exchange.facts().get().stream(),
                            Math.max(0, untilNanos - attempt.sentNanos()));
        }
    }

    long lateAfter(Exchange exchange, Attempt attempt) {
        HedgeTerms hedge = terms.hedge();
        return mayHedge(exchange) && !changesState(exchange)
                ? book.times()
                        .quantile(
                                attempt.target(), exchange.facts().get().stream(), hedge.quantile(), hedge.minSamples())
                : -1;
    }

    @Nullable
    Hedge beside(Exchange exchange, Attempt slow) {
        if (!book.share().tryTake()) {
            book.refusedByShare();
            return null;
        }
        long lateAfter = TimeUnit.NANOSECONDS.toMillis(Math.max(0, lateAfter(exchange, slow)));
        for (Target target : targets(exchange, slow)) {
            if (!health.tryCall(target)) {
                continue;
            }
            Consumer<Target> hold =
                    exchange.mayGoTo(target) ? affordable.beside(exchange, slow.target(), target) : null;
            if (hold == null) {
                health.abandoned(target);
                continue;
            }
            if (!exchange.goesTo(target)) {
                hold.accept(slow.target());
                health.abandoned(target);
                continue;
            }
            book.begun();
            String why = "hedged: " + slow.target().name() + " had not answered after " + lateAfter + " ms";
            return new Beside(exchange, new Next(target, 0, why), slow, hold);
        }
        book.share().giveBack();
        return null;
    }

    private List<Target> targets(Exchange exchange, Attempt slow) {
        List<Target> targets = new ArrayList<>();
        for (String other : Fallbacks.others(terms, exchange)) {
            Target target = router.fallback(exchange, other);
            if (target != null && !Fallbacks.isTried(exchange, target)) {
                targets.add(target);
            }
        }
        targets.add(slow.target());
        return targets;
    }

    /** Two calls at once. */
    private final class Beside implements Hedge {
        private final Exchange exchange;
        private final Next next;
        private final Attempt slow;
        private final Consumer<Target> hold;

        Beside(Exchange exchange, Next next, Attempt slow, Consumer<Target> hold) {
            this.exchange = exchange;
            this.next = next;
            this.slow = slow;
            this.hold = hold;
        }

        @Override
        public Next next() {
            return next;
        }

        @Override
        public void left(Attempt left, Attempt gone, @Nullable Failure failure) {
            hold.accept(left.target());
            if (failure == null) {
                health.abandoned(gone.target());
                if (gone == slow && left.firstByteNanos() != 0) {
                    took(exchange, gone, gone.endedNanos());
                }
            } else {
                failed(gone, failure);
            }
            if (left != slow) {
                if (failure == null) {
                    book.wasFirst();
                }
                if (!left.target().isSamePlace(slow.target())) {
                    Fallbacks.tellCap(router, exchange, left.target());
                }
            } else {
                String why = slow.reason() == null ? exchange.route().get().reason() : slow.reason();
                slow.because(why + ", hedged with " + gone.target().name());
            }
        }

        private void failed(Attempt gone, Failure failure) {
            if (failure.status() == 429) {
                health.abandoned(gone.target()); // it is well, and says no
            } else if (failure.status() != 0 && !Fallbacks.isFailed(failure.status())) {
                health.succeeded(gone.target());
            } else {
                health.failed(gone.target());
                if (failure.end() == End.TIMED_OUT) {
                    took(exchange, gone, gone.endedNanos());
                }
            }
        }
    }
}
