package io.tollgate.core.exchange;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.RequestHead;
import io.tollgate.core.http.ResponseTap;
import io.tollgate.core.provider.Route;
import io.tollgate.core.provider.Target;
import io.tollgate.core.sse.EventGate;
import io.tollgate.core.usage.Metered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through the house. It belongs to one event loop: every method is called there, nothing here
 * locks. Facts are {@link Decided} once; steps add edits, response headers, taps and finishers.
 */
public final class Exchange {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    private final String id;
    private final Instant receivedAt;
    private final long startedNanos;
    private final Endpoint endpoint;
    private final RequestHead head;
    private RequestBody body;
    private final Executor loop;

    private final Decided<RequestFacts> facts = new Decided<>("request facts");
    private final Decided<Caller> caller = new Decided<>("caller");
    private final Decided<Tags> tags = new Decided<>("tags");
    private final Decided<Route> route = new Decided<>("route");
    private final Decided<Metered> metered = new Decided<>("metered usage");
    private final Decided<BudgetDirectives> budget = new Decided<>("budget directives");
    private final Decided<OutputCap> outputCap = new Decided<>("output cap");
    private final Decided<CacheUse> cache = new Decided<>("use of the cache");

    private final List<BodyEdit> edits = new ArrayList<>();
    private List<BodyEdit> editsOfFirst = List.of();
    private final List<Attempt> attempts = new ArrayList<>(1);
    private final List<ResponseTap> taps = new ArrayList<>(3);
    private final List<Finisher> finishers = new ArrayList<>(6);
    private final HttpHeaders replyHeaders =
            DefaultHttpHeadersFactory.headersFactory().newHeaders();
    private List<TargetLimit> targetLimits = List.of();
    private Map<String, Long> saved = Map.of();
    private @Nullable EventGate gate;
    private @Nullable UsageAsk usageAsk;
    private @Nullable Audience audience;
    private @Nullable UsageReader liveUsage;
    private @Nullable String ownLever;
    private boolean stoppable;
    private @Nullable End stopped;
    private @Nullable Completion completion;

    /**
     * A request that has arrived whole.
     *
     * @param id unique, also in the ledger and the log
     * @param receivedAt wall time of the request's last byte
     * @param startedNanos ticker reading of the same moment
     * @param loop runs tasks on the exchange's event loop
     */
    public Exchange(
            String id,
            Instant receivedAt,
            long startedNanos,
            Endpoint endpoint,
            RequestHead head,
            RequestBody body,
            Executor loop) {
        this.id = id;
        this.receivedAt = receivedAt;
        this.startedNanos = startedNanos;
        this.endpoint = endpoint;
        this.head = head;
        this.body = body;
        this.loop = loop;
    }

    /** Unique id of the request. */
    public String id() {
        return id;
    }

    /** Wall time at which the request had arrived whole. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** Ticker reading of {@link #receivedAt()}. */
    public long startedNanos() {
        return startedNanos;
    }

    /** The gateway makes this call itself, in a caller's name, for one of its levers. */
    public void madeFor(String lever) {
        ownLever = lever;
    }

    /** The lever for which the gateway makes this call itself; null for a caller's own call. */
    public @Nullable String madeFor() {
        return ownLever;
    }

    /** What was called: dialect, operation, provider prefix. Known from the head alone. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Method, path and headers as the caller sent them. */
    public RequestHead head() {
        return head;
    }

    /** The whole decoded body; its array is lent until the exchange ends or the body is forgotten. */
    public RequestBody body() {
        return body;
    }

    /** The caller has left, and the body's array with it, though the exchange goes on: the body is empty from now on. */
    public void forgetBody() {
        body = RequestBody.EMPTY;
    }

    /** Runs tasks on the exchange's own event loop. */
    public Executor loop() {
        return loop;
    }

    /** What the body says. */
    public Decided<RequestFacts> facts() {
        return facts;
    }

    /** Who calls. */
    public Decided<Caller> caller() {
        return caller;
    }

    /** The call's attribution. */
    public Decided<Tags> tags() {
        return tags;
    }

    /** Where the call goes. */
    public Decided<Route> route() {
        return route;
    }

    /** What was used and what it cost; decided by the first finisher, read by the others. */
    public Decided<Metered> metered() {
        return metered;
    }

    /** What was used and paid for in all attempts: null where nothing is known, and where the cache gave the answer. */
    public @Nullable Metered bought() {
        Metered answer = CacheUse.isFree(cache.orNull()) ? null : metered.orNull();
        if (attempts.size() < 2) {
            return answer;
        }
        for (int i = 0; i < attempts.size() - 1; i++) {
            Metered failed = attempts.get(i).metered();
            if (failed != null) {
                answer = answer == null ? failed : answer.and(failed);
            }
        }
        return answer;
    }

    /** Has limits be asked before the call is led to another target than it asked for. */
    public void limitTargets(TargetLimit limit) {
        List<TargetLimit> all = new ArrayList<>(targetLimits);
        all.add(limit);
        targetLimits = all;
    }

    /** Whether all limits would let the call go to this target; takes nothing. */
    public boolean mayGoTo(Target target) {
        for (TargetLimit limit : targetLimits) {
            if (!limit.admits(target)) {
                return false;
            }
        }
        return true;
    }

    /** Whether all limits let the call go to this target, where it counts from now on. */
    public boolean goesTo(Target target) {
        if (!mayGoTo(target)) {
            return false;
        }
        for (TargetLimit limit : targetLimits) {
            if (!limit.enter(target)) {
                return false; // others were quicker; what the limits before this one took they keep
            }
        }
        return true;
    }

    /** What the budgets want of later steps; undecided where no budget looked at the call. */
    public Decided<BudgetDirectives> budget() {
        return budget;
    }

    /** The cap on output tokens that goes upstream; undecided where it is the caller's own, or none. */
    public Decided<OutputCap> outputCap() {
        return outputCap;
    }

    /** What the cache did; undecided where it was never asked. */
    public Decided<CacheUse> cache() {
        return cache;
    }

    /** A lever kept the call from costing so many nano-dollars more; negative where it cost more than it saved. */
    public void saved(String lever, long nanos) {
        if (saved.isEmpty()) {
            saved = new LinkedHashMap<>(4);
        }
        saved.merge(lever, nanos, Long::sum);
    }

    /** Nano-dollars by lever. */
    public Map<String, Long> saved() {
        return Collections.unmodifiableMap(saved);
    }

    /** Others will listen to this exchange's answer. */
    public void audience(Audience others) {
        audience = others;
    }

    /** Who else listens to the answer, or null. */
    public @Nullable Audience audience() {
        return audience;
    }

    /** The reader of the answer under way, for those who watch it being used; or null before there is one. */
    public @Nullable UsageReader liveUsage() {
        return liveUsage;
    }

    /** An attempt's answer is read by this one. */
    public void liveUsage(UsageReader reader) {
        liveUsage = reader;
    }

    /**
     * Asks the relay to follow a streamed answer so that {@link #stop} can end it in its dialect. To be called before the
     * answer begins, by whoever may want to stop it.
     */
    public void allowStop() {
        stoppable = true;
    }

    /** Whether somebody may want to stop the answer. */
    public boolean stoppable() {
        return stoppable;
    }

    /** Wants the answer ended gracefully as soon as it stands between two events; the first reason counts. */
    public void stop(End why) {
        if (stopped == null) {
            stopped = why;
        }
    }

    /** Why the answer is to be ended, or null. */
    public @Nullable End stopped() {
        return stopped;
    }

    /** Adds changes of the body that hold for every attempt. */
    public void edit(List<BodyEdit> more) {
        edits.addAll(more);
    }

    /** Changes of the body that hold for every attempt, in the order they were made. */
    public List<BodyEdit> edits() {
        return Collections.unmodifiableList(edits);
    }

    /** Adds changes of the body that only the route's first target is to get: others have a cap under a name of their own. */
    public void editForFirst(List<BodyEdit> more) {
        List<BodyEdit> all = new ArrayList<>(editsOfFirst);
        all.addAll(more);
        editsOfFirst = all;
    }

    /** Changes of the body that only the route's first target gets; they have the last word. */
    public List<BodyEdit> editsForFirst() {
        return Collections.unmodifiableList(editsOfFirst);
    }

    /** What providers that are asked for a stream's usage are to get. */
    public void usageAsk(UsageAsk ask) {
        usageAsk = ask;
    }

    /** What asks this target for a stream's usage; null where it is not asked. */
    public @Nullable UsageAsk usageAsk(Target target) {
        return target.provider().asksForUsage() ? usageAsk : null;
    }

    /** Headers to add to the reply, whichever it will be. */
    public HttpHeaders replyHeaders() {
        return replyHeaders;
    }

    /** Begins the next attempt; the relay calls it. */
    public Attempt attempt(Target target, long nanos) {
        Attempt attempt = new Attempt(attempts.size() + 1, target, nanos);
        attempts.add(attempt);
        return attempt;
    }

    /** Of two attempts that were under way at once, the answer is this one's: from now on it is the last. */
    public void answeredBy(Attempt attempt) {
        if (attempts.remove(attempt)) {
            attempts.add(attempt);
        }
    }

    /** All attempts so far, oldest first; but the one whose answer is the caller's stands last. */
    public List<Attempt> attempts() {
        return Collections.unmodifiableList(attempts);
    }

    /** The latest attempt, or the one that answered; null before there is one. */
    public @Nullable Attempt lastAttempt() {
        return attempts.isEmpty() ? null : attempts.getLast();
    }

    /**
     * Whose answer the caller is given: the last attempt's target, or the one whose answer the cache had; null when there
     * is neither.
     */
    public @Nullable Target answering() {
        if (!attempts.isEmpty()) {
            return attempts.getLast().target();
        }
        Route chosen = route.orNull();
        return chosen != null && CacheUse.isFree(cache.orNull()) ? chosen.first() : null;
    }

    /** Watches the upstream's answer. */
    public void tap(ResponseTap tap) {
        taps.add(tap);
    }

    /** Everyone who watches the upstream's answer. */
    public List<ResponseTap> taps() {
        return taps;
    }

    /** Lets {@code next} judge each event of a streamed answer; several gates are asked in the order they came. */
    public void gate(EventGate next) {
        gate = gate == null ? next : gate.then(next);
    }

    /** Judges each event of the last attempt's streamed answer, or null when the bytes pass unread. */
    public @Nullable EventGate gate() {
        Attempt last = lastAttempt();
        UsageAsk asked = last == null ? null : usageAsk(last.target());
        EventGate dropping = asked == null ? null : asked.dropping();
        if (dropping == null || gate == null) {
            return gate == null ? dropping : gate;
        }
        return gate.then(dropping);
    }

    /** Registers what to do when all is over. Finishers run last-registered-first. */
    public void onFinish(Finisher finisher) {
        finishers.add(finisher);
    }

    /** Ends the exchange: runs the finishers, once; later calls do nothing. */
    public void finish(Completion how) {
        if (completion != null) {
            return;
        }
        completion = how;
        for (int i = finishers.size() - 1; i >= 0; i--) {
            try {
                finishers.get(i).finish(this, how);
            } catch (RuntimeException e) {
                log.error("finisher {} of request {} failed", finishers.get(i), id, e);
            }
        }
    }

    /** How it ended, or null while it runs. */
    public @Nullable Completion completion() {
        return completion;
    }
}
