package io.tollgate.budget.runs;

import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.step.ModelAt;
import io.tollgate.budget.step.ModelsInReach;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.toolcalls.ToolCallReader;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.usage.Metered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends agent runs that are over their limits. A run is a session (the tag) of a key; calls without a session pass. What a
 * run has used is what its earlier calls were metered at, and which tools it called is read from the history in the body.
 */
public final class RunLimitStep implements Step {
    private static final String SESSION = "session";
    private static final String RETRY_COUNT = "x-stainless-retry-count";
    private static final int LONGEST_COUNT = 4;

    private final RunLimiter limiter;
    private final ModelsInReach reach;

    /** By the limiter's rules; {@code reach} tells the provider where a rule asks for it. */
    public RunLimitStep(RunLimiter limiter, ModelsInReach reach) {
        this.limiter = limiter;
        this.reach = reach;
    }

    @Override
    public Outcome apply(Exchange exchange) {
        String session = exchange.tags().get().get(SESSION);
        Operation operation = exchange.endpoint().operation();
        if (session == null || !limiter.hasRules() || !RunRequest.isLimited(operation)) {
            return Outcome.NEXT;
        }
        String key = exchange.caller().get().key();
        Attribution call = new Attribution(
                exchange.tags().get(), key, exchange.facts().get().model(), provider(exchange));
        List<RunLimit> limits = limiter.applying(call);
        boolean elsewhere = limiter.looksAt("model") || limiter.looksAt("provider");
        if (limits.isEmpty() && !elsewhere) {
            return Outcome.NEXT;
        }
        try {
            RunAdmission admission = new RunAdmission(request(exchange, operation, elsewhere ? limiter.all() : limits));
            if (elsewhere) {
                exchange.limitTargets(new RunsElsewhere(limiter, call, session, limits, admission));
            }
            return admit(exchange, key, session, limits, admission);
        } catch (RefusedException e) {
            return Outcome.reply(new Reply.Refused(e.refusal()));
        }
    }

    private Outcome admit(
            Exchange exchange, @Nullable String key, String session, List<RunLimit> limits, RunAdmission admission) {
        // Registered first: a run that has begun the call is told of its end however the rest goes.
        exchange.onFinish((finished, completion) -> {
            Metered metered = finished.bought();
            admission.end(
                    RunEnding.of(finished, completion),
                    metered == null ? 0 : metered.cost().nanos(),
                    metered == null ? 0 : metered.tokens());
        });
        for (RunLimit limit : limits) {
            RunExcess excess = admission.begin(limit.run(key, session), limit.rule());
            if (excess != null) {
                limiter.countRefusal(excess.kind());
                return Outcome.reply(new Reply.Refused(RunWords.refusal(excess, session)));
            }
        }
        if (!limits.isEmpty()) {
            limiter.countCall(admission.kind());
        }
        return Outcome.NEXT;
    }

    private @Nullable String provider(Exchange exchange) {
        if (!limiter.looksAt("provider")) {
            return null;
        }
        List<ModelAt> models = reach.of(exchange);
        return models.isEmpty() ? null : models.getFirst().provider();
    }

    private static RunRequest request(Exchange exchange, Operation operation, List<RunLimit> limits) {
        RequestBody body = exchange.body();
        boolean own = exchange.madeFor() != null; // the gateway's, no step of the agent's
        boolean step = operation == Operation.GENERATE && !own;
        boolean reads = step && limits.stream().anyMatch(limit -> limit.rule().readsToolCalls());
        return new RunRequest(
                step,
                step ? Fingerprint.of(body.array(), body.offset(), body.length()) : 0,
                retryCount(exchange.head().header(RETRY_COUNT)),
                reads ? HeardCall.of(ToolCallReader.read(exchange.facts().get(), body), body) : List.of());
    }

    /** 0 for anything but a small number. */
    private static int retryCount(@Nullable String header) {
        boolean number = header != null
                && !header.isEmpty()
                && header.length() <= LONGEST_COUNT
                && header.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(header) : 0;
    }
}
