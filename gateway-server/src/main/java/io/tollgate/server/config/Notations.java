package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import java.time.Duration;
import java.util.regex.Pattern;

/** Notations of this configuration beyond the general ones. */
final class Notations {
    /** Names of budgets, limits, rules and keys: they appear in headers and in URLs. */
    static final ScalarType<String> NAME =
            matching("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", "a name of letters, digits, '_', '.' and '-', up to 64");

    /** Names of tags. */
    static final ScalarType<String> TAG =
            matching("[A-Za-z0-9_.-]{1,64}", "a tag's name of letters, digits, '_', '.' and '-', up to 64");

    /** Names of models, as sent to providers and shown in headers. */
    static final ScalarType<String> MODEL =
            matching("[!-~&&[^\"\\\\]]{1,200}", "a model's name without spaces or quotes, up to 200 characters");

    /** A duration above zero. */
    static final ScalarType<Duration> POSITIVE_DURATION = ScalarTypes.DURATION.where(
            duration -> duration.isPositive(), "a duration above 0, such as 500ms, 30s, 5m or 1h");

    /** A count above zero. */
    static final ScalarType<Long> POSITIVE_COUNT =
            ScalarTypes.COUNT.where(count -> count > 0, "a count above 0, such as 500, 100k or 1.5M");

    private Notations() {}

    static ScalarType<String> matching(String regex, String expected) {
        Pattern pattern = Pattern.compile(regex);
        return ScalarTypes.STRING.where(text -> pattern.matcher(text).matches(), expected);
    }
}
