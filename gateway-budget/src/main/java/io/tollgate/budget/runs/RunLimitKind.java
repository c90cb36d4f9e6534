package io.tollgate.budget.runs;

import java.util.Locale;

/** What a run can have too much of. */
public enum RunLimitKind {
    /** Calls of a model. */
    STEPS,
    /** Tool calls the model made. */
    TOOL_CALLS,
    /** Money. */
    USD,
    /** Input and output. */
    TOKENS,
    /** Steps that failed, in a row. */
    FAILURES,
    /** The same tool call with the same arguments, in a row. */
    REPEATED_TOOL_CALL,
    /** The same few tool calls in turn. */
    TOOL_CALL_CYCLE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in metrics, e.g. {@code tool_calls}. */
    public String wireName() {
        return wireName;
    }
}
