package io.tollgate.budget.runs;

import io.tollgate.budget.ledger.BriefLock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one run has done so far, as one rule counts it. All fields are guarded by its lock. */
final class Run extends BriefLock {
    private final SeenCalls seen = new SeenCalls();
    private final Repetition repetition = new Repetition();
    private final RecentSteps recent = new RecentSteps();
    private boolean begun;
    private long steps;
    private long toolCalls;
    private long nanos;
    private long tokens;
    private int failures;

    /** Makes ready what is costly for the tool calls that are new, before the lock is taken to count them. */
    void prepare(List<HeardCall> calls) {
        boolean[] fresh = new boolean[calls.size()];
        lock();
        try {
            for (int i = 0; i < fresh.length; i++) {
                fresh[i] = isNew(calls.get(i));
            }
        } finally {
            unlock();
        }
        for (int i = 0; i < fresh.length; i++) {
            if (fresh[i]) {
                calls.get(i).fingerprint();
            }
        }
    }

    private boolean isNew(HeardCall call) {
        if (call.isNewThoughKnown()) {
            return true;
        }
        boolean known = seen.contains(call.mark(call.occurrence()));
        return !known && (!begun || call.isLatest() || !seen.isFull());
    }

    /** Whether the request is an earlier one once more, because that went wrong. */
    boolean isRetry(RunRequest request) {
        return request.step() && recent.isRetry(request);
    }

    /** Counts the tool calls that were not seen before; how many. */
    int hear(List<HeardCall> calls) {
        int fresh = 0;
        for (int i = 0; i < calls.size(); i++) {
            HeardCall call = calls.get(i);
            if (isNew(call)) {
                fresh++;
                note(call);
                if (call.isKnownTool()) {
                    repetition.call(call.tool(), call.fingerprint());
                }
            }
        }
        toolCalls += fresh;
        return fresh;
    }

    private void note(HeardCall call) {
        int n = call.occurrence();
        while (seen.contains(call.mark(n))) {
            n++;
        }
        seen.add(call.mark(n));
    }

    /** What there is too much of, or null. */
    @Nullable
    RunExcess excess(RunLimitRule rule, boolean anotherStep) {
        if (over(failures, rule.failures(), 0)) {
            return excess(rule, RunLimitKind.FAILURES, failures, rule.failures());
        }
        if (over(repetition.rounds(), rule.repeatedToolCall(), 0)) {
            boolean inTurn = repetition.period() > 1;
            return new RunExcess(
                    rule.name(),
                    inTurn ? RunLimitKind.TOOL_CALL_CYCLE : RunLimitKind.REPEATED_TOOL_CALL,
                    repetition.rounds(),
                    rule.repeatedToolCall(),
                    repetition.tools());
        }
        if (anotherStep && over(steps, rule.steps(), 0)) {
            return excess(rule, RunLimitKind.STEPS, steps, rule.steps());
        }
        if (over(toolCalls, rule.toolCalls(), 1)) {
            return excess(rule, RunLimitKind.TOOL_CALLS, toolCalls, rule.toolCalls());
        }
        if (over(nanos, rule.usdNanos(), 0)) {
            return excess(rule, RunLimitKind.USD, nanos, rule.usdNanos());
        }
        return over(tokens, rule.tokens(), 0) ? excess(rule, RunLimitKind.TOKENS, tokens, rule.tokens()) : null;
    }

    private static boolean over(long seen, long limit, long by) {
        return limit >= 0 && seen >= limit + by;
    }

    private static RunExcess excess(RunLimitRule rule, RunLimitKind kind, long seen, long limit) {
        return new RunExcess(rule.name(), kind, seen, limit, "");
    }

    /** A call goes ahead; {@code fresh} tool calls were heard with it. */
    RunCallKind begin(RunRequest request, boolean retry, int fresh) {
        begun = true;
        if (!request.step()) {
            return RunCallKind.OTHER;
        }
        boolean again = recent.contains(request.body());
        recent.begin(request);
        if (retry) {
            return RunCallKind.RETRY;
        }
        steps++;
        return again || (fresh > 0 && repetition.rounds() > 1) ? RunCallKind.LOOP : RunCallKind.STEP;
    }

    /** A call that began is over. */
    void end(RunRequest request, RunCallKind kind, RunEnding ending, long costNanos, long usedTokens) {
        nanos += costNanos;
        tokens += usedTokens;
        if (kind == RunCallKind.OTHER) {
            return;
        }
        boolean sent = ending != RunEnding.NOT_SENT;
        boolean retry = kind == RunCallKind.RETRY;
        if (!sent && !retry) {
            steps--;
        }
        recent.end(request, sent || !retry ? ending : RunEnding.FAILED);
        if (ending == RunEnding.FAILED) {
            failures++;
        } else if (ending == RunEnding.ANSWERED) {
            failures = 0;
        }
    }
}
