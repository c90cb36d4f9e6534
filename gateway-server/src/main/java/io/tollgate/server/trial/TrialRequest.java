package io.tollgate.server.trial;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * One request of a file, read as the gateway would read it.
 *
 * @param line its line in the file, from 1
 * @param model the model asked for: the body's, the path's, or the line's own; null where none is named
 */
public record TrialRequest(
        long line,
        Endpoint endpoint,
        RequestHead head,
        RequestBody body,
        RequestFacts facts,
        @Nullable String model) {}
