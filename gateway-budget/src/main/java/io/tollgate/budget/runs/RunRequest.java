package io.tollgate.budget.runs;

import io.tollgate.core.dialect.Operation;
import java.util.List;

/**
 * What a run looks at in a request.
 *
 * @param step whether a generating model is called
 * @param body fingerprint of the whole body
 * @param retryCount what the client says in {@code x-stainless-retry-count}; 0 when it says nothing
 * @param calls the history's tool calls; empty where no limit asks for them
 */
record RunRequest(boolean step, long body, int retryCount, List<HeardCall> calls) {
    static boolean isLimited(Operation operation) {
        return operation != Operation.COUNT_TOKENS && operation != Operation.LIST_MODELS;
    }
}
