package io.tollgate.core.usage;

/** What an exchange used and what that cost. */
public record Metered(UsageReport report, Cost cost) {}
