package io.tollgate.server.config;

import io.tollgate.server.config.yaml.Problem;
import java.time.Instant;
import java.util.List;

/**
 * How the last loading went.
 *
 * @param at when
 * @param problems why it was refused and the former configuration runs on; empty when it was applied
 * @param warnings what is applied but probably not meant, and what needs a restart
 */
public record ReloadStatus(Instant at, List<Problem> problems, List<Problem> warnings) {
    /** Whether the file as it was then is what runs now. */
    public boolean applied() {
        return problems.isEmpty();
    }
}
