package io.tollgate.server.relay;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long a provider asks to wait: {@code retry-after-ms}, or {@code retry-after} in seconds or as a date. */
final class RetryAfter {
    private RetryAfter() {}

    /** Nanoseconds; -1 where it does not say, or not in a way that can be read. */
    static long nanos(HttpHeaders headers, Instant now) {
        long millis = number(headers.get("retry-after-ms"));
        if (millis >= 0) {
            return TimeUnit.MILLISECONDS.toNanos(millis);
        }
        String value = headers.get(HttpHeaderNames.RETRY_AFTER);
        long seconds = number(value);
        if (seconds >= 0) {
            return TimeUnit.SECONDS.toNanos(seconds);
        }
        return value == null ? -1 : until(value.strip(), now);
    }

    private static long until(String date, Instant now) {
        try {
            Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            return TimeUnit.MILLISECONDS.toNanos(Math.max(0, then.toEpochMilli() - now.toEpochMilli()));
        } catch (DateTimeException e) {
            return -1;
        }
    }

    private static long number(@Nullable String text) {
        String digits = text == null ? "" : text.strip();
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Long.parseLong(digits);
    }
}
