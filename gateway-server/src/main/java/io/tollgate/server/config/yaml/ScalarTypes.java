package io.tollgate.server.config.yaml;

import io.tollgate.server.config.yaml.ScalarType.Parser;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The notations a configuration uses. Numbers are bounded in length before they are parsed, so none is costly to read. */
public final class ScalarTypes {
    private static final int LONGEST = 8192;

    /** Text without control characters; bounded, so that no pattern it is matched with becomes costly. */
    public static final ScalarType<String> STRING = new ScalarType<>(
            "text without control characters", "", text -> text.length() <= LONGEST && isClean(text) ? text : null);

    /** {@code true} or {@code false}. */
    public static final ScalarType<Boolean> BOOLEAN = new ScalarType<>("true or false", false, text -> switch (text) {
        case "true" -> Boolean.TRUE;
        case "false" -> Boolean.FALSE;
        default -> null;
    });

    /** A decimal number, e.g. {@code 0.25}; for prices. */
    public static final ScalarType<BigDecimal> DECIMAL =
            new ScalarType<>("a number, such as 0.25", BigDecimal.ZERO, ScalarTypes::decimal);

    /** US dollars from 0 up, as nano-dollars, e.g. {@code 500} or {@code 0.25}. */
    public static final ScalarType<Long> USD = new ScalarType<>(
            "an amount of USD from 0 up, such as 500 or 0.25", 0L, text -> scaled(decimal(text), 1_000_000_000L));

    /** A whole number from 0 up with an optional {@code k}, {@code M} or {@code G} (powers of 1000). */
    public static final ScalarType<Long> COUNT = new ScalarType<>(
            "a count from 0 up, such as 500, 100k or 1.5M",
            0L,
            suffixed(Map.of("", 1L, "k", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L)));

    /** Bytes: {@code 64KiB 256MiB 2GiB}, or {@code kB MB GB} for powers of 1000. */
    public static final ScalarType<Long> SIZE = new ScalarType<>(
            "a size, such as 64KiB, 256MiB or 2GiB",
            0L,
            suffixed(Map.of(
                    "B",
                    1L,
                    "KiB",
                    1L << 10,
                    "MiB",
                    1L << 20,
                    "GiB",
                    1L << 30,
                    "kB",
                    1_000L,
                    "MB",
                    1_000_000L,
                    "GB",
                    1_000_000_000L)));

    /** {@code 500ms 30s 5m 1h 30d}, also put together: {@code 1h30m}. */
    public static final ScalarType<Duration> DURATION =
            new ScalarType<>("a duration, such as 500ms, 30s, 5m, 1h or 30d", Duration.ZERO, ScalarTypes::duration);

    /** A share as a fraction: {@code 95%} or {@code 0.95}; a bare number above 1 is refused, for {@code 95} is a slip. */
    public static final ScalarType<BigDecimal> FRACTION =
            new ScalarType<>("a share, such as 95% or 0.95", BigDecimal.ZERO, ScalarTypes::fraction);

    /** A multiple, e.g. {@code 2x} or {@code 1.5}. */
    public static final ScalarType<BigDecimal> MULTIPLE = new ScalarType<>(
            "a multiple, such as 2x",
            BigDecimal.ONE,
            text -> decimal(text.endsWith("x") ? text.substring(0, text.length() - 1) : text));

    /** {@code 60/min}, {@code 100k/min}, {@code 5/s}, {@code 1000/h}, {@code 1M/day}. */
    public static final ScalarType<Rate> RATE = new ScalarType<>(
            "a rate, such as 60/min or 100k/min", new Rate(0, Duration.ofSeconds(1)), ScalarTypes::rate);

    /** A pattern in which {@code *} is any text and {@code ?} any character. */
    public static final ScalarType<String> GLOB =
            STRING.where(text -> text.length() <= 200, "a name or a pattern such as gpt-4o*, up to 200 characters");

    /** A file's path. */
    public static final ScalarType<String> FILE = STRING.where(ScalarTypes::isPath, "the path of a file");

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");
    private static final Pattern SUFFIXED = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,18})?) ?([A-Za-z]*)");
    private static final Pattern DURATION_PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|w)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "sec", Duration.ofSeconds(1),
            "second", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "min", Duration.ofMinutes(1),
            "minute", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "hour", Duration.ofHours(1),
            "day", Duration.ofDays(1));
    private static final Duration DAY = Duration.ofDays(1);

    private ScalarTypes() {}

    /** A whole number in these bounds, both included. */
    public static ScalarType<Integer> integer(int min, int max) {
        return new ScalarType<>(
                max == Integer.MAX_VALUE
                        ? "a whole number from " + min + " up"
                        : "a whole number from " + min + " to " + max,
                min,
                text -> {
                    Long value = wholeNumber(decimal(text));
                    return value != null && value >= min && value <= max ? (Integer) value.intValue() : null;
                });
    }

    /** One of an enum's constants, in lower case. */
    public static <E extends Enum<E>> ScalarType<E> oneOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        StringJoiner names = new StringJoiner(", ", "one of ", "");
        for (E constant : constants) {
            names.add(constant.name().toLowerCase(Locale.ROOT));
        }
        return new ScalarType<>(names.toString(), constants[0], text -> {
            for (E constant : constants) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return constant;
                }
            }
            return null;
        });
    }

    static boolean isClean(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isPath(String text) {
        try {
            return !Path.of(text).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static @Nullable BigDecimal decimal(String text) {
        return NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    private static @Nullable Long wholeNumber(@Nullable BigDecimal value) {
        return value != null && value.stripTrailingZeros().scale() <= 0 ? (Long) value.longValueExact() : null;
    }

    private static @Nullable Long scaled(@Nullable BigDecimal value, long unit) {
        if (value == null || value.signum() < 0) {
            return null;
        }
        BigDecimal product = value.multiply(BigDecimal.valueOf(unit));
        boolean isLong =
                product.stripTrailingZeros().scale() <= 0 && product.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return isLong ? (Long) product.longValueExact() : null;
    }

    private static Parser<Long> suffixed(Map<String, Long> units) {
        return text -> {
            Matcher matcher = SUFFIXED.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            Long unit = units.get(matcher.group(2));
            return unit == null ? null : scaled(new BigDecimal(matcher.group(1)), unit);
        };
    }

    private static @Nullable Duration duration(String text) {
        Matcher matcher = DURATION_PART.matcher(text);
        Duration total = Duration.ZERO;
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return null;
            }
            long amount = Long.parseLong(matcher.group(1));
            total = total.plus(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        case "d" -> DAY.multipliedBy(amount);
                        default -> DAY.multipliedBy(7 * amount);
                    });
            at = matcher.end();
        }
        // A century is more than any setting means, and its nanoseconds still fit a long.
        return total.compareTo(DAY.multipliedBy(36_500)) <= 0 ? total : null;
    }

    private static @Nullable BigDecimal fraction(String text) {
        if (text.endsWith("%")) {
            BigDecimal percent = decimal(text.substring(0, text.length() - 1).strip());
            return percent == null || percent.signum() < 0
                    ? null
                    : percent.divide(BigDecimal.valueOf(100), percent.scale() + 2, RoundingMode.UNNECESSARY)
                            .stripTrailingZeros();
        }
        BigDecimal value = decimal(text);
        return value != null && value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0
                ? value.stripTrailingZeros()
                : null;
    }

    private static @Nullable Rate rate(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return null;
        }
        Long amount = COUNT.parser().parse(text.substring(0, slash).strip());
        Duration per = UNITS.get(text.substring(slash + 1).strip());
        return amount == null || per == null ? null : new Rate(amount, per);
    }
}
