package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A number of tokens between these bounds, both included. Written {@code <500 <=500 >2k >=2k}. */
public record TokenRange(long min, long max) {
    private static final Pattern COMPARISON = Pattern.compile("(<=|>=|<|>) *([0-9].*)");

    static final ScalarType<TokenRange> TYPE = new ScalarType<>(
            "a comparison, such as \"<500\" or \">=2k\"", new TokenRange(0, Long.MAX_VALUE), TokenRange::parse);

    private static @Nullable TokenRange parse(String text) {
        Matcher matcher = COMPARISON.matcher(text);
        Long bound = matcher.matches() ? ScalarTypes.COUNT.parser().parse(matcher.group(2)) : null;
        if (bound == null) {
            return null;
        }
        return switch (matcher.group(1)) {
            case "<" -> bound == 0 ? null : new TokenRange(0, bound - 1);
            case "<=" -> new TokenRange(0, bound);
            case ">" -> bound == Long.MAX_VALUE ? null : new TokenRange(bound + 1, Long.MAX_VALUE);
            default -> new TokenRange(bound, Long.MAX_VALUE);
        };
    }

    /** Whether {@code tokens} is in it. */
    public boolean contains(long tokens) {
        return tokens >= min && tokens <= max;
    }
}
