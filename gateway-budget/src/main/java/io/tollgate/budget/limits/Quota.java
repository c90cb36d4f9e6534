package io.tollgate.budget.limits;

/**
 * What a caller may still do, of the rule that leaves least.
 *
 * @param limit how many at most
 * @param remaining how many now
 * @param resetNanos until it is {@code limit} again
 */
public record Quota(long limit, long remaining, long resetNanos) {}
