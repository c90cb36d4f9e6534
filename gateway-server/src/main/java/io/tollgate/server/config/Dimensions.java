package io.tollgate.server.config;

import io.tollgate.server.config.yaml.Nearest;
import io.tollgate.server.config.yaml.YamlObject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/** What calls can be told apart by: Tollgate's own tags, tags of the house's own choice, and properties of the call. */
final class Dimensions {
    /** Properties of a call that nobody can set as a tag. */
    static final List<String> OF_A_CALL = List.of("key", "model", "provider");

    private static final List<String> BUILT_IN_TAGS =
            List.of("team", "feature", "environment", "user", "session", "task");

    private final SequencedSet<String> known = new LinkedHashSet<>(BUILT_IN_TAGS);

    /** Knows the built-in tags, these declared ones and those that keys give. */
    Dimensions(List<String> declared, List<KeyConfig> keys) {
        TreeSet<String> own = new TreeSet<>(declared);
        keys.forEach(key -> own.addAll(key.tags().asMap().keySet()));
        known.addAll(OF_A_CALL);
        known.addAll(own);
    }

    /** The list under {@code each}: one account per distinct value. */
    List<String> each(YamlObject yaml) {
        List<String> each = yaml.values("each", Notations.TAG);
        each.forEach(name -> checkKnown(yaml, "each", name));
        if (new TreeSet<>(each).size() < each.size()) {
            yaml.problem("each", "names a tag twice, expected each once");
        }
        return each;
    }

    void checkKnown(YamlObject yaml, String key, String name) {
        if (!known.contains(name)) {
            yaml.problem(
                    key,
                    "names the unknown tag \"" + name + "\"" + YamlObject.hint(name, known)
                            + "; a tag of your own is declared under tags:");
        }
    }

    /** A tag that is not known may still be sent by callers; one that looks like a slip for one, or for one of the other keys that can stand there, is refused. */
    void checkMatched(YamlObject yaml, String name, Collection<String> otherKeys) {
        if (known.contains(name)) {
            return;
        }
        if (Notations.TAG.parser().parse(name) == null) {
            yaml.problem(name, "is not a tag's name, expected " + Notations.TAG.expected());
            return;
        }
        Set<String> meant = new LinkedHashSet<>(known);
        meant.addAll(otherKeys);
        String nearest = Nearest.to(name, meant);
        if (nearest != null && Nearest.distance(name, nearest) <= 1) {
            yaml.problem(
                    name,
                    "is not a known tag" + YamlObject.hint(name, meant)
                            + "; a tag of your own is declared under tags:");
        } else {
            yaml.warning(
                    name,
                    "is not a known tag: it matches only calls that send it in x-tollgate-tags; "
                            + "declare it under tags: if that is meant");
        }
    }
}
