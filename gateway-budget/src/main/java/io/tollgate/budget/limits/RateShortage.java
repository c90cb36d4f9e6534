package io.tollgate.budget.limits;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a call may not come now: the rule that lets it wait longest. Nothing was taken from any rule.
 *
 * @param rule its name
 * @param each the value of each dimension the rule tells callers apart by
 * @param limit as the configuration writes it, e.g. {@code 60/min}
 * @param used what is in use now: calls or tokens that have not come back, or calls under way
 * @param asked what the call would need more
 * @param waitNanos until it can be taken if nobody else comes; -1 when waiting never helps
 */
public record RateShortage(
        String rule,
        Map<String, String> each,
        LimitKind kind,
        String limit,
        long used,
        long asked,
        long waitNanos,
        @Nullable Quota requests,
        @Nullable Quota tokens)
        implements RateDecision {}
