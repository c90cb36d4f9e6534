package io.tollgate.budget.runs;

/**
 * Why a run may not go on.
 *
 * @param rule the limit's name
 * @param kind what there is too much of
 * @param seen how much there was, in nano-dollars for money
 * @param limit how much there may be
 * @param tools the tools called again and again; empty for other kinds
 */
record RunExcess(String rule, RunLimitKind kind, long seen, long limit, String tools) {}
