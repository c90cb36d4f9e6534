package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Which calls something applies to: all for which every dimension named here has a value that one of its globs matches.
 *
 * @param globs by tag name, or {@code key}, {@code model}, {@code provider}; empty matches every call
 */
public record Match(SequencedMap<String, List<String>> globs) {
    /** Every call. */
    public static final Match ALL = new Match(Collections.unmodifiableSequencedMap(new LinkedHashMap<>()));

    static Match read(YamlObject yaml, Dimensions dimensions) {
        if (yaml.has("each")) {
            yaml.problem("each", "is not something to match, expected it beside match:, not in it");
        }
        List<String> names = new ArrayList<>(yaml.keys());
        names.remove("each");
        return read(yaml, names, List.of(), dimensions);
    }

    /** Reads the keys {@code names} of {@code yaml} as dimensions; {@code otherKeys} can stand beside them. */
    static Match read(YamlObject yaml, List<String> names, List<String> otherKeys, Dimensions dimensions) {
        SequencedMap<String, List<String>> globs = new LinkedHashMap<>();
        for (String name : names) {
            dimensions.checkMatched(yaml, name, otherKeys);
            globs.put(name, yaml.atLeastOne(name, ScalarTypes.GLOB));
        }
        return new Match(Collections.unmodifiableSequencedMap(globs));
    }
}
