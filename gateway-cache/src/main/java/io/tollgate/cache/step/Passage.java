package io.tollgate.cache.step;

import io.tollgate.cache.flight.Flight;
import io.tollgate.cache.flight.Landing;
import io.tollgate.cache.replay.Form;
import io.tollgate.cache.rule.Admission.Admitted;
import io.tollgate.cache.rule.CacheDirective;
import io.tollgate.cache.store.StoredReply;
import io.tollgate.core.dialect.RequestFacts.UsageOption;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.BudgetDirectives;
import io.tollgate.core.exchange.CacheUse;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.provider.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through the cache: looked up, then joined to another's call for the same answer, or sent upstream
 * itself. Confined to the exchange's loop.
 */
final class Passage {
    /** After so many failed calls in a row the provider's failure is everyone's answer. */
    private static final int MOST_FAILURES = 2;
    /** These speak of one caller's credential or quota, not of the question. */
    private static final Set<Integer> OF_ONE_CALLER = Set.of(401, 402, 403, 407, 429);

    private final Exchange exchange;
    private final Target target;
    private final Admitted admitted;
    private final CacheTerms terms;
    private final Caching caching;
    private final Form form;
    private final Replay replay;
    private int failures;

    Passage(Exchange exchange, Target target, Admitted admitted, CacheTerms terms, Caching caching) {
        this.exchange = exchange;
        this.target = target;
        this.admitted = admitted;
        this.terms = terms;
        this.caching = caching;
        this.form = Form.wanted(exchange);
        this.replay = new Replay(exchange, form, terms.replayPaceNanos(), caching);
    }

    Outcome begin() {
        if (admitted.directive() == CacheDirective.REFRESH) {
            if (mayNotBuy()) {
                return missed();
            }
            caching.counters().refreshed();
            record(flight(), CacheUse.REFRESH, false);
            return Outcome.NEXT;
        }
        return lookUp();
    }

    private Outcome lookUp() {
        long landings = caching.flights().landings();
        CompletableFuture<Optional<StoredReply>> found = caching.store().get(admitted.key(), admitted.scope());
        return found.isDone()
                ? lookedUp(found.join().orElse(null), landings)
                : Outcome.await(found, reply -> lookedUp(reply.orElse(null), landings));
    }

    private Outcome lookedUp(@Nullable StoredReply reply, long landings) {
        return reply == null
                ? notKept(landings)
                : replay.inForm(
                        reply.body(),
                        replay.form(reply),
                        body -> body == null ? notKept(landings) : replay.hit(reply, body));
    }

    private Outcome notKept(long landings) {
        Flight other = caching.flights().find(admitted.key());
        if (other != null) {
            return follow(other);
        }
        if (mayNotBuy()) {
            return missed();
        }
        if (!recordable()) {
            return alone();
        }
        Flight mine = flight();
        other = caching.flights().start(admitted.key(), mine);
        return other != null ? follow(other) : lead(mine, landings);
    }

    private Flight flight() {
        return new Flight(form, failures, exchange.loop(), terms.maxEntry(), caching.room());
    }

    /** A stream whose caller declined the usage lacks an event that others may have asked for. */
    private boolean recordable() {
        return exchange.facts().get().usageOption() != UsageOption.DECLINED;
    }

    private boolean mayNotBuy() {
        BudgetDirectives budget = exchange.budget().orNull();
        return admitted.directive() == CacheDirective.ONLY || (budget != null && budget.cacheOnly());
    }

    /** Buys nothing: the caller said so, or a budget will say so in its own words a few steps on. */
    private Outcome missed() {
        caching.counters().missed();
        decide(CacheUse.MISS);
        return admitted.directive() == CacheDirective.ONLY
                ? notCached("there is no answer to it that is not over its time and of the form asked for")
                : Outcome.NEXT;
    }

    static Outcome notCached(String why) {
        return Outcome.reply(new Reply.Refused(new Refusal(
                ErrorKind.NOT_CACHED,
                "only the cache may answer this request (" + CacheDirective.HEADER + ": only), and " + why)));
    }

    /** To the provider, for this caller alone. */
    private Outcome alone() {
        if (mayNotBuy()) {
            return missed();
        }
        caching.counters().missed();
        if (recordable()) {
            record(flight(), CacheUse.MISS, false);
        } else {
            decide(CacheUse.MISS);
        }
        return Outcome.NEXT;
    }

    private Outcome lead(Flight mine, long landings) {
        if (caching.flights().landings() != landings) {
            // another call may have kept this very answer between our look and our start
            CompletableFuture<Optional<StoredReply>> again = caching.store().get(admitted.key(), admitted.scope());
            StoredReply reply = again.isDone() ? again.join().orElse(null) : null;
            if (reply != null && replay.form(reply) == form) {
                caching.flights().land(admitted.key(), mine, new Landing(End.CACHED, 0, List.of(), null, null));
                return replay.hit(reply, reply.body());
            }
        }
        caching.counters().missed();
        record(mine, CacheUse.MISS, true);
        exchange.audience(mine);
        return Outcome.NEXT;
    }

    private void record(Flight flight, CacheUse use, boolean announced) {
        decide(use);
        new Recorder(admitted, target, caching).watch(exchange, flight, announced);
    }

    private void decide(CacheUse use) {
        exchange.cache().decide(use);
        exchange.replyHeaders().set(CacheUse.HEADER, use.text());
    }

    private Outcome follow(Flight flight) {
        if (!flight.join()) {
            return alone();
        }
        Seat seat = new Seat(flight);
        exchange.onFinish((finished, completion) -> seat.leave());
        return form != Form.PLAIN && form == flight.form()
                ? Outcome.await(flight.begun(), begun -> begun(seat))
                : Outcome.await(flight.landed(), landing -> landed(seat, landing));
    }

    private Outcome begun(Seat seat) {
        Flight flight = seat.flight();
        if (flight.canBeFollowed()) {
            return replay.follow(flight);
        }
        Landing landing = flight.landing();
        if (landing == null) {
            seat.leave();
            return alone(); // what came cannot be shared
        }
        return landed(seat, landing);
    }

    private Outcome landed(Seat seat, Landing landing) {
        seat.leave();
        if (landing.isGood()) {
            return landedWell(landing, replay.form(landing, seat.flight().form()));
        }
        failures = seat.flight().failures() + (landing.isUpstreamFailure() ? 1 : 0);
        if (failures < MOST_FAILURES) {
            return lookUp(); // one of us calls, the others follow it
        }
        if (!landing.isWhole()) {
            return Outcome.reply(new Reply.Refused(failure(landing)));
        }
        byte[] body = landing.body();
        return body == null || OF_ONE_CALLER.contains(landing.status()) ? alone() : replay.shareError(landing, body);
    }

    private Outcome landedWell(Landing landing, Form has) {
        byte[] whole = landing.body();
        return whole == null
                ? alone()
                : replay.inForm(whole, has, body -> body == null ? alone() : replay.share(landing, body, has));
    }

    private Refusal failure(Landing landing) {
        boolean late = landing.end() == End.TIMED_OUT;
        return new Refusal(
                late ? ErrorKind.UPSTREAM_TIMEOUT : ErrorKind.UPSTREAM_FAILED,
                "provider " + target.provider().name() + (late ? " did not answer in time" : " failed")
                        + ", twice in a row, to identical requests that this one waited for");
    }

    /** A place among a flight's followers, given back once. */
    private static final class Seat {
        private final Flight flight;
        private boolean left;

        Seat(Flight flight) {
            this.flight = flight;
        }

        Flight flight() {
            return flight;
        }

        void leave() {
            if (!left) {
                left = true;
                flight.leave();
            }
        }
    }
}
