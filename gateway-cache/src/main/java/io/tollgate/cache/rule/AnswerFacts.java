package io.tollgate.cache.rule;

import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.End;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an answer when it is over.
 *
 * @param dialect the dialect's name
 * @param finish the dialect's own finish reason, as {@link
 *     io.tollgate.core.usage.UsageReport#finish} has it; null when there was none
 * @param toolCalls whether it calls tools, whatever its finish reason
 * @param refused whether it says no in a field of its own ({@code refusal}), whatever its finish reason
 * @param recorded whether all of it was recorded: it was not larger than the cap
 */
public record AnswerFacts(
        String dialect,
        Operation operation,
        int status,
        End end,
        @Nullable String finish,
        boolean toolCalls,
        boolean refused,
        boolean recorded) {}
