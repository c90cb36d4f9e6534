package io.tollgate.budget.runs;

/** What a call of a run is counted as. */
public enum RunCallKind {
    /** The run goes on. */
    STEP,
    /** The same once more, because it failed: not a step. */
    RETRY,
    /** A step that only does again what the run has done. */
    LOOP,
    /** Not a call of a generating model: money and tokens count, steps do not. */
    OTHER
}
