package io.tollgate.budget.runs;

import io.tollgate.budget.ledger.Attribution;
import io.tollgate.core.exchange.TargetLimit;
import io.tollgate.core.provider.Target;
import java.util.ArrayList;
import java.util.List;

/** Has a call count in the run limits of the models and providers it is led to, beside those of the model it asked for. */
final class RunsElsewhere implements TargetLimit {
    private final RunLimiter limiter;
    private final Attribution asked;
    private final String session;
    private final List<RunLimit> entered;
    private final RunAdmission admission;

    /** {@code entered} are the limits it has been let in by, as {@code admission} knows. */
    RunsElsewhere(
            RunLimiter limiter, Attribution asked, String session, List<RunLimit> entered, RunAdmission admission) {
        this.limiter = limiter;
        this.asked = asked;
        this.session = session;
        this.entered = new ArrayList<>(entered);
        this.admission = admission;
    }

    private List<RunLimit> further(Target target) {
        List<RunLimit> further = new ArrayList<>(limiter.applying(asked.at(target)));
        further.removeAll(entered);
        return further;
    }

    @Override
    public boolean admits(Target target) {
        for (RunLimit limit : further(target)) {
            if (!admission.admits(limit.run(asked.key(), session), limit.rule())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean enter(Target target) {
        for (RunLimit limit : further(target)) {
            if (admission.begin(limit.run(asked.key(), session), limit.rule()) != null) {
                return false;
            }
            entered.add(limit);
        }
        return true;
    }
}
