package io.tollgate.budget.report;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group in a bucket, in the order SQLite gives: by bucket, then by the values' UTF-8, none before any. */
record SummaryKey(long bucket, List<@Nullable String> values) implements Comparable<SummaryKey> {
    @Override
    public int compareTo(SummaryKey other) {
        int order = Long.compare(bucket, other.bucket);
        for (int i = 0; order == 0 && i < values.size(); i++) {
            order = compare(values.get(i), other.values.get(i));
        }
        return order;
    }

    private static int compare(@Nullable String a, @Nullable String b) {
        if (a == null || b == null) {
            return Boolean.compare(a != null, b != null);
        }
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
