package io.tollgate.budget.runs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call on its way into all runs it belongs to, and out of them again. Confined to the exchange's loop. */
final class RunAdmission {
    private final RunRequest request;
    private final List<Run> runs = new ArrayList<>(2);
    private final List<RunCallKind> kinds = new ArrayList<>(2);

    RunAdmission(RunRequest request) {
        this.request = request;
    }

    /** Begins the call in a run, unless that has too much of something. */
    @Nullable
    RunExcess begin(Run run, RunLimitRule rule) {
        if (rule.readsToolCalls()) {
            run.prepare(request.calls());
        }
        run.lock();
        try {
            boolean retry = run.isRetry(request);
            int fresh = retry || !rule.readsToolCalls() ? 0 : run.hear(request.calls());
            RunExcess excess = run.excess(rule, request.step() && !retry);
            if (excess == null) {
                runs.add(run);
                kinds.add(run.begin(request, retry, fresh));
            }
            return excess;
        } finally {
            run.unlock();
        }
    }

    /** Whether the call would find the run over its limits; begins nothing. */
    boolean admits(Run run, RunLimitRule rule) {
        run.lock();
        try {
            return run.excess(rule, request.step() && !run.isRetry(request)) == null;
        } finally {
            run.unlock();
        }
    }

    /** What the call counts as; one of several rules decides, for they see the same session. */
    RunCallKind kind() {
        return kinds.getFirst();
    }

    /** The call is over, or never began. */
    void end(RunEnding ending, long nanos, long tokens) {
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            run.lock();
            try {
                run.end(request, kinds.get(i), ending, nanos, tokens);
            } finally {
                run.unlock();
            }
        }
    }
}
