package io.tollgate.server.config.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces references to environment variables in one scalar: a dollar sign and a name in braces, optionally with
 * {@code :-default}. It works on parsed scalars only, and what it puts in is not looked at again, so a variable's content
 * can neither add structure nor name other variables. As in a shell, the default also stands in for an empty variable; a
 * doubled dollar sign before a brace is a literal one.
 */
final class Substitution {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?}|\\$\\{");

    private final Environment environment;

    Substitution(Environment environment) {
        this.environment = environment;
    }

    /**
     * What became of a scalar.
     *
     * @param text the text after substitution; meaningless when there is a failure
     * @param failure what is wrong with a reference, or null
     */
    record Result(String text, @Nullable String failure) {}

    Result apply(String raw) {
        if (!raw.contains("${")) {
            return new Result(raw, null);
        }
        StringBuilder text = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(raw);
        int from = 0;
        while (matcher.find()) {
            text.append(raw, from, matcher.start());
            from = matcher.end();
            String name = matcher.group(1);
            if (name != null) {
                String value = valueOf(name, matcher.group(3));
                if (value == null) {
                    return new Result(
                            "",
                            "needs the environment variable " + name + ", which is not set; set it or write ${" + name
                                    + ":-default}");
                }
                text.append(value);
            } else if (matcher.group().equals("$${")) {
                text.append("${");
            } else {
                return new Result(
                        "",
                        "has a \"${\" that is no reference; expected ${NAME} or ${NAME:-default}, or $${ for a literal ${");
            }
        }
        return new Result(text.append(raw, from, raw.length()).toString(), null);
    }

    private @Nullable String valueOf(String name, @Nullable String fallback) {
        String value = environment.get(name);
        return value == null || (value.isEmpty() && fallback != null) ? fallback : value;
    }
}
