package io.tollgate.server.relay;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.Date;
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
        Date date = value == null ? null : DateFormatter.parseHttpDate(value);
        return date == null ? -1 : TimeUnit.MILLISECONDS.toNanos(Math.max(0, date.getTime() - now.toEpochMilli()));
    }

    private static long number(@Nullable String text) {
        String digits = text == null ? "" : text.strip();
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Long.parseLong(digits);
    }
}
