package io.tollgate.budget.alerts;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the delivery of one alert to one channel stands. Times are epoch milliseconds.
 *
 * @param channel the channel's name
 * @param nextAt when it is tried again, where it is pending
 * @param endedAt when it was delivered or given up
 * @param error why the latest attempt failed
 */
public record Delivery(
        String channel,
        State state,
        int attempts,
        @Nullable Long nextAt,
        @Nullable Long endedAt,
        @Nullable String error) {
    /** How far a delivery is. */
    public enum State {
        /** It will be tried, or tried again. */
        PENDING,
        /** The receiver has it. */
        DELIVERED,
        /** It was given up. */
        FAILED;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /** The name in the file and in the admin API. */
        public String wireName() {
            return wireName;
        }
    }
}
