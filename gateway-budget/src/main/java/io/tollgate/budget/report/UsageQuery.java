package io.tollgate.budget.report;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which usage to sum up, and how.
 *
 * @param period rows that arrived within it
 * @param where only rows with these values
 * @param by one summary for each combination of values
 * @param bucket and for each of these units of time; null for the whole period at once
 * @param zone where days begin
 */
public record UsageQuery(
        Period period,
        Map<Dimension, String> where,
        List<Dimension> by,
        @Nullable Bucket bucket,
        ZoneId zone) {}
