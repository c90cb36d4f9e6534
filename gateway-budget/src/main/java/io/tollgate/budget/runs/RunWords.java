package io.tollgate.budget.runs;

import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.usage.Dollars;

/** How a run's end is put to its caller. */
final class RunWords {
    private RunWords() {}

    static Refusal refusal(RunExcess excess, String session) {
        return new Refusal(
                ErrorKind.RUN_LIMIT,
                "run limit " + excess.rule() + ": session " + session + " " + seen(excess)
                        + "; the run is over, another session begins anew");
    }

    private static String seen(RunExcess excess) {
        long seen = excess.seen();
        long limit = excess.limit();
        return switch (excess.kind()) {
            case STEPS -> "has made " + seen + " of " + limit + " steps";
            case TOOL_CALLS -> "has made " + seen + " tool calls, of " + limit + " allowed";
            case USD -> "has spent " + Dollars.format(seen) + " of " + Dollars.format(limit) + " USD";
            case TOKENS -> "has used " + seen + " of " + limit + " tokens";
            case FAILURES -> "has failed " + seen + " times in a row, of " + limit + " allowed";
            case REPEATED_TOOL_CALL ->
                "has called the tool " + excess.tools() + " with the same arguments " + seen + " times in a row, of "
                        + limit + " allowed";
            case TOOL_CALL_CYCLE ->
                "goes in circles: it has made the same tool calls (" + excess.tools() + ") " + seen
                        + " times in turn, of " + limit + " allowed";
        };
    }
}
