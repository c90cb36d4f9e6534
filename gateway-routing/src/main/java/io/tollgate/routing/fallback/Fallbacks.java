package io.tollgate.routing.fallback;

import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.OutputCap;
import io.tollgate.core.pipeline.Recovery;
import io.tollgate.core.provider.Route;
import io.tollgate.core.provider.Target;
import io.tollgate.routing.cap.UncappedRetry;
import io.tollgate.routing.table.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries a failed call again at the same target while that may help, then at the next one that can serve it and be paid.
 * A call that was sent and got no answer in time may have been billed: it goes to another target, never to the same.
 */
public final class Fallbacks implements Recovery {
    /** No call makes more attempts, whatever is configured. */
    static final int MOST_ATTEMPTS = 10;

    /** Whether a call can be paid at another target. */
    public interface Affordable {
        /** Fits the call's hold to {@code to}, or says no. */
        boolean at(Exchange exchange, Target from, Target to);

        /** Fits it to an answer of so many tokens (-1: as many as the model likes), or says no. */
        boolean uncapped(Exchange exchange, Target to, long output);

        /** Fits it to two calls at once, and takes to which of them it goes in the end; null: no. */
        @Nullable
        Consumer<Target> beside(Exchange exchange, Target first, Target second);
    }

    private final FallbackTerms terms;
    private final TargetHealth health;
    private final Router router;
    private final UncappedRetry uncapped;
    private final Hedging hedging;
    private final Affordable affordable;
    private final BooleanSupplier room;
    private final Supplier<Random> random;

    /** {@code room} says whether there is room for another row in the ledger. */
    public Fallbacks(
            FallbackTerms terms,
            TargetHealth health,
            Router router,
            UncappedRetry uncapped,
            Affordable affordable,
            BooleanSupplier room) {
        this.terms = terms;
        this.health = health;
        this.router = router;
        this.uncapped = uncapped;
        this.hedging = new Hedging(terms, health, router, affordable);
        this.affordable = affordable;
        this.room = room;
        this.random = ThreadLocalRandom::current;
    }

    @Override
    public @Nullable Next begin(Exchange exchange, Target first) {
        health.budget().call(terms.budget());
        hedging.call(exchange);
        if (health.tryCall(first)) {
            return null;
        }
        // where nobody else can serve it, it is sent all the same
        return next(exchange, first, "fallback while " + first.name() + " recovers");
    }

    @Override
    public @Nullable Next after(Exchange exchange, Attempt attempt, Failure failure) {
        Target target = attempt.target();
        if (failure.status() == 429) {
            health.abandoned(target); // it is well, and says no
        } else {
            health.failed(target);
        }
        if (failure.end() == End.TIMED_OUT) {
            hedging.took(exchange, attempt, attempt.endedNanos());
        }
        if (exchange.endpoint().operation() == Operation.TUNNEL
                || exchange.attempts().size() >= MOST_ATTEMPTS
                || !room.getAsBoolean()) {
            return null;
        }
        String why = failure.status() != 0
                ? Integer.toString(failure.status())
                : failure.end() == End.TIMED_OUT ? "a time-out" : "a broken connection";
        long wait = again(exchange, target, attempt, failure);
        if (wait >= 0) {
            health.retried();
            return new Next(target, wait, "retried after " + why);
        }
        return next(exchange, target, "fallback after " + why + " from " + target.name());
    }

    /** How long to wait before the same target is tried again; -1 where it is not. */
    private long again(Exchange exchange, Target target, Attempt attempt, Failure failure) {
        long tried = exchange.attempts().stream()
                .filter(each -> each.target().isSamePlace(target))
                .count();
        boolean mayBeBilled = failure.end() == End.TIMED_OUT && attempt.sentNanos() != 0;
        long most = terms.maxBackoff().toNanos();
        if (tried >= terms.attempts() || mayBeBilled || failure.retryAfterNanos() > most || !health.tryCall(target)) {
            return -1;
        }
        if (!health.budget().tryTake()) {
            health.abandoned(target);
            health.refusedByBudget();
            return -1;
        }
        if (failure.retryAfterNanos() >= 0) {
            return Math.max(1, failure.retryAfterNanos());
        }
        long longest = Math.min(most, terms.backoff().toNanos() << (tried - 1));
        return Math.max(1, longest / 2 + random.get().nextLong(longest / 2 + 1));
    }

    private @Nullable Next next(Exchange exchange, Target failed, String reason) {
        for (String other : others(terms, exchange)) {
            Target target = router.fallback(exchange, other);
            if (target == null || isTried(exchange, target) || !health.tryCall(target)) {
                continue;
            }
            if (!admitted(exchange, failed, target)) {
                health.abandoned(target);
                continue;
            }
            health.movedOn();
            tellCap(router, exchange, target);
            return new Next(target, 0, reason);
        }
        return null;
    }

    /** What may take the first target's place, in order: the rest of its route, then what is configured for its model. */
    static List<String> others(FallbackTerms terms, Exchange exchange) {
        Route route = exchange.route().get();
        String model = route.first().model();
        List<String> named = model == null ? List.of() : terms.models().getOrDefault(model, List.of());
        if (route.targets().size() == 1) {
            return named;
        }
        List<String> all = new ArrayList<>();
        route.targets().stream().skip(1).map(Target::name).forEach(all::add);
        all.addAll(named);
        return all;
    }

    /** Whether the target's own limits let the call in, and it can be paid there. */
    private boolean admitted(Exchange exchange, Target failed, Target target) {
        if (!exchange.mayGoTo(target) || !affordable.at(exchange, failed, target)) {
            return false;
        }
        if (!exchange.goesTo(target)) {
            var unused = affordable.at(exchange, target, failed);
            return false;
        }
        return true;
    }

    static boolean isTried(Exchange exchange, Target target) {
        return target.isSamePlace(exchange.route().get().first())
                || exchange.attempts().stream().anyMatch(attempt -> target.isSamePlace(attempt.target()));
    }

    /** A model that puts out less than the cap was given its own limit, or none. */
    static void tellCap(Router router, Exchange exchange, Target target) {
        OutputCap ours = exchange.outputCap().orNull();
        if (ours != null) {
            long there = router.cap(exchange, target);
            if (there < 0) {
                exchange.replyHeaders().remove(OutputCap.HEADER);
            } else {
                exchange.replyHeaders().set(OutputCap.HEADER, new OutputCap(there, ours.source()).told());
            }
        }
    }

    @Override
    public boolean looksAtAnswers(Exchange exchange) {
        return uncapped.mayApply(exchange);
    }

    @Override
    public @Nullable Next afterAnswer(Exchange exchange, Attempt attempt) {
        UncappedRetry.Again again = uncapped.again(exchange, attempt);
        if (again == null
                || exchange.attempts().size() >= MOST_ATTEMPTS
                || !room.getAsBoolean()
                || !health.tryCall(again.target())) {
            return null;
        }
        if (!affordable.uncapped(exchange, again.target(), again.mostOutput())) {
            health.abandoned(again.target());
            return null;
        }
        uncapped.begun(exchange);
        return new Next(
                again.target(),
                0,
                UncappedRetry.reason(exchange.outputCap().get().tokens()),
                true);
    }

    @Override
    public void superseded(Attempt attempt) {
        attempt.wastedBy(UncappedRetry.LEVER);
    }

    @Override
    public long hedgeAfter(Exchange exchange, Attempt attempt) {
        return hedging.lateAfter(exchange, attempt);
    }

    @Override
    public @Nullable Hedge hedge(Exchange exchange, Attempt slow) {
        return exchange.attempts().size() >= MOST_ATTEMPTS || !room.getAsBoolean()
                ? null
                : hedging.beside(exchange, slow);
    }

    @Override
    public boolean isFailure(int status) {
        return isFailed(status);
    }

    static boolean isFailed(int status) {
        return switch (status) {
            case 408, 429, 500, 502, 503, 504, 529 -> true;
            default -> false;
        };
    }

    @Override
    public void answered(Exchange exchange, Attempt attempt) {
        health.succeeded(attempt.target());
        if (attempt.status() < 300) {
            if (!attempt.target().isSamePlace(exchange.route().get().first())) {
                router.answered(exchange, attempt.target());
            }
            hedging.took(exchange, attempt, attempt.firstByteNanos());
        } else if (isShutOut(attempt.status())) {
            router.shutOut(exchange);
        }
    }

    /** Whether a host says so that is not to be asked this again: by its settings or ours, not for what is in a call. */
    private static boolean isShutOut(int status) {
        return status == 401 || status == 403 || status == 404;
    }

    @Override
    public void abandoned(Target target) {
        health.abandoned(target);
    }
}
