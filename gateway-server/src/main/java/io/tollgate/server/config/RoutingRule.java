package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends some calls to another model.
 *
 * @param use models to send them to; the first that speaks the caller's dialect is taken
 * @param share part of the sessions it applies to, 0 to 1
 * @param spread by what calls spread over all of {@code use}; null where the first is taken
 */
public record RoutingRule(
        String name,
        When when,
        List<String> use,
        BigDecimal share,
        @Nullable Spread spread) {
    /** What decides which of several targets a call goes to. */
    public enum Spread {
        /** How its conversation began: that is what the provider has cached. */
        PREFIX
    }

    /** How hard a request is judged to be. */
    public enum Complexity {
        /** A small model will do. */
        SIMPLE,
        /** It will not. */
        COMPLEX
    }

    /**
     * Which calls; all that is set must hold.
     *
     * @param match globs of models, tasks, tags …
     * @param complexity the class the request must be in, or null for any
     * @param tokens how long the prompt must be, or null for any
     * @param time when the call must arrive, or null for any time
     */
    public record When(
            Match match,
            @Nullable Complexity complexity,
            @Nullable TokenRange tokens,
            @Nullable TimeRange time) {
        private static final List<String> NO_DIMENSIONS = List.of("complexity", "tokens", "time", "tags");

        static When read(YamlObject yaml, Dimensions dimensions) {
            List<String> names = new ArrayList<>(yaml.keys());
            names.removeAll(NO_DIMENSIONS);
            SequencedMap<String, List<String>> globs = new LinkedHashMap<>(
                    Match.read(yaml, names, NO_DIMENSIONS, dimensions).globs());
            globs.putAll(Match.read(yaml.object("tags"), dimensions).globs());
            return new When(
                    new Match(Collections.unmodifiableSequencedMap(globs)),
                    yaml.value("complexity", ScalarTypes.oneOf(Complexity.class))
                            .orNull(),
                    yaml.value("tokens", TokenRange.TYPE).orNull(),
                    yaml.value("time", TimeRange.TYPE).orNull());
        }
    }

    private static final ScalarType<BigDecimal> SHARE =
            ScalarTypes.FRACTION.where(share -> share.compareTo(BigDecimal.ONE) <= 0, "a percentage up to 100%");

    static RoutingRule read(YamlObject yaml, Dimensions dimensions) {
        return new RoutingRule(
                yaml.value("name", Notations.NAME).required(),
                When.read(yaml.object("when"), dimensions),
                yaml.atLeastOne("use", Notations.MODEL),
                yaml.value("share", SHARE).orElse(BigDecimal.ONE),
                yaml.value("spread", ScalarTypes.oneOf(Spread.class)).orNull());
    }
}
