package io.tollgate.server.config;

import io.tollgate.core.provider.Secret;
import io.tollgate.core.text.JsonString;
import io.tollgate.server.config.yaml.Environment;
import io.tollgate.server.config.yaml.Problem;
import io.tollgate.server.config.yaml.YamlDocument;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A virtual key just made.
 *
 * @param key to be shown once
 * @param entry one element of {@code keys:} as YAML, holding only its hash
 */
public record NewKey(Secret key, String entry) {
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    /** 40 × log2(62) = 238 bits: beyond guessing. */
    private static final int LENGTH = 40;

    /** Makes a key; refuses an entry that the configuration would refuse. {@code random} must be cryptographically strong. */
    public static NewKey create(
            RandomGenerator random,
            String id,
            Map<String, String> tags,
            List<String> allowModels,
            @Nullable String expires)
            throws ConfigException {
        StringBuilder key = new StringBuilder("tg-");
        for (int i = 0; i < LENGTH; i++) {
            key.append(BASE62.charAt(random.nextInt(BASE62.length())));
        }
        StringBuilder entry = new StringBuilder("{id: " + quoted(id) + ", hash: \"" + KeyHash.of(key.toString()) + '"');
        if (!tags.isEmpty()) {
            entry.append(tags.entrySet().stream()
                    .map(tag -> quoted(tag.getKey()) + ": " + quoted(tag.getValue()))
                    .collect(Collectors.joining(", ", ", tags: {", "}")));
        }
        if (!allowModels.isEmpty()) {
            entry.append(allowModels.stream()
                    .map(NewKey::quoted)
                    .collect(Collectors.joining(", ", ", allow_models: [", "]")));
        }
        if (expires != null) {
            entry.append(", expires: ").append(quoted(expires));
        }
        entry.append('}');
        check(entry.toString());
        return new NewKey(new Secret(key.toString()), entry.toString());
    }

    private static void check(String entry) throws ConfigException {
        YamlDocument document = YamlDocument.parse("key", entry, Path.of(""), Environment.of(Map.of()));
        KeyConfig.read(document.root(), ZoneOffset.UTC);
        List<Problem> problems = document.problems();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private static String quoted(String text) {
        if (text.matches("[A-Za-z][A-Za-z0-9_-]*")) {
            return text;
        }
        // A literal "${" must not be taken for a variable when the file is read.
        return JsonString.quote(text).replace("${", "$${"); // YAML reads JSON's strings
    }
}
