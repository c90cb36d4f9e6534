package io.tollgate.server.api;

import io.tollgate.budget.report.Bucket;
import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.UsageQuery;
import io.tollgate.server.admin.AdminProblem;
import io.tollgate.server.admin.AdminRequest;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the parameters of a request to the ledger's resources say: {@code from}, {@code to} and {@code timezone}, and any
 * dimension's name with the value rows must have.
 */
record Question(Period period, Map<Dimension, String> where, ZoneId zone) {
    private static final Set<String> COMMON = Set.of("from", "to", "timezone");

    /**
     * Reads the parameters.
     *
     * @param own names that mean something else to the resource
     * @param configured the time zone where the request names none
     */
    static Question of(AdminRequest request, Set<String> own, ZoneId configured, InstantSource clock) {
        try {
            ZoneId zone = zone(request.parameter("timezone"), configured);
            Map<Dimension, String> where = new LinkedHashMap<>();
            for (String name : request.parameters()) {
                String value = request.parameter(name);
                if (value != null && !COMMON.contains(name) && !own.contains(name)) {
                    where.put(dimension(name), value);
                }
            }
            return new Question(Period.parse(given(request, "from"), given(request, "to"), zone, clock), where, zone);
        } catch (IllegalArgumentException e) {
            throw new AdminProblem(400, String.valueOf(e.getMessage()));
        }
    }

    private static Dimension dimension(String name) {
        try {
            return Dimension.of(name);
        } catch (IllegalArgumentException e) {
            throw new AdminProblem(
                    400, "parameter " + name + " is unknown here, nor can rows be picked by it: " + e.getMessage());
        }
    }

    private static @Nullable String given(AdminRequest request, String name) {
        String value = request.parameter(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private static ZoneId zone(@Nullable String name, ZoneId configured) {
        try {
            return name == null || name.isEmpty() ? configured : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new AdminProblem(400, "timezone '" + name + "': expected one such as UTC or Europe/Berlin");
        }
    }

    /** With the groups and the unit of time the request names. */
    UsageQuery grouped(AdminRequest request) {
        String by = given(request, "by");
        String bucket = given(request, "bucket");
        try {
            return new UsageQuery(
                    period,
                    where,
                    by == null ? List.of() : Dimension.list(by),
                    bucket == null ? null : Bucket.of(bucket),
                    zone);
        } catch (IllegalArgumentException e) {
            throw new AdminProblem(400, String.valueOf(e.getMessage()));
        }
    }
}
