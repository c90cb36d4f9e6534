package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarType;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of every day, in the configuration's time zone. Written {@code 22:00-06:00}; may span midnight.
 *
 * @param from included
 * @param to not included; {@code 24:00} is read as midnight
 */
public record TimeRange(LocalTime from, LocalTime to) {
    private static final String TIME = "([01][0-9]|2[0-3]):([0-5][0-9])";
    private static final Pattern RANGE = Pattern.compile(TIME + " *- *(?:" + TIME + "|24:00)");

    static final ScalarType<TimeRange> TYPE = new ScalarType<>(
            "two different times of day, such as \"22:00-06:00\"",
            new TimeRange(LocalTime.MIDNIGHT, LocalTime.NOON),
            TimeRange::parse);

    private static @Nullable TimeRange parse(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        LocalTime from = time(matcher.group(1), matcher.group(2));
        LocalTime to = matcher.group(3) == null ? LocalTime.MIDNIGHT : time(matcher.group(3), matcher.group(4));
        return from.equals(to) ? null : new TimeRange(from, to);
    }

    private static LocalTime time(String hour, String minute) {
        return LocalTime.of(Integer.parseInt(hour), Integer.parseInt(minute));
    }
}
