package io.tollgate.routing.earlystop;

import java.util.Set;

/**
 * Which streamed answers are ended before their model ends them.
 *
 * @param jsonTasks values of the tag {@code task} whose answer is one JSON value: nothing behind it is wanted
 * @param repetition whether an answer that says the same over and over is ended
 */
public record EarlyStopTerms(Set<String> jsonTasks, boolean repetition) {
    /** None. */
    public static final EarlyStopTerms NONE = new EarlyStopTerms(Set.of(), false);

    /** Copies. */
    public EarlyStopTerms {
        jsonTasks = Set.copyOf(jsonTasks);
    }
}
