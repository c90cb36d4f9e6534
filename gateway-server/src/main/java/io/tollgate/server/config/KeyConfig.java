package io.tollgate.server.config;

import io.tollgate.core.exchange.Tags;
import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A virtual key. The key itself is nowhere, only its hash.
 *
 * @param hash {@code sha256:} and the lower-case hex SHA-256 of the key's UTF-8 bytes
 * @param tags given to every call made with it
 * @param allowModels globs of the models it may use; empty allows all
 * @param expires when it ceases to be valid, or null for never
 * @param disabled whether it is switched off: its calls are refused, and the refusal says so
 */
public record KeyConfig(
        String id,
        String hash,
        Tags tags,
        List<String> allowModels,
        @Nullable Instant expires,
        boolean disabled) {
    private static final ScalarType<String> HASH =
            Notations.matching("sha256:[0-9a-f]{64}", "sha256: and 64 lower-case hex digits (./tollgate keys create)");

    static KeyConfig read(YamlObject yaml, ZoneId zone) {
        // An empty list could mean "none" as well as "all".
        List<String> allowModels =
                yaml.has("allow_models") ? yaml.atLeastOne("allow_models", ScalarTypes.GLOB) : List.of();
        return new KeyConfig(
                yaml.value("id", Notations.NAME).required(),
                yaml.sensitive("hash", HASH).required(),
                tags(yaml.object("tags")),
                allowModels,
                yaml.value("expires", instant(zone)).orNull(),
                yaml.bool("disabled").orElse(false));
    }

    private static Tags tags(YamlObject yaml) {
        Map<String, String> tags = new TreeMap<>();
        for (String name : yaml.keys()) {
            if (Dimensions.OF_A_CALL.contains(name)) {
                yaml.problem(name, "is not a tag: it follows from the call itself");
            } else if (Notations.TAG.parser().parse(name) == null) {
                yaml.problem(name, "is not a tag's name, expected " + Notations.TAG.expected());
            }
            tags.put(name, yaml.string(name).required());
        }
        return Tags.of(tags);
    }

    private static ScalarType<Instant> instant(ZoneId zone) {
        return new ScalarType<>("a date or a time, such as 2027-01-31 or 2027-01-31T12:00:00Z", Instant.EPOCH, text -> {
            try {
                return text.length() == 10
                        ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                        : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                return null;
            }
        });
    }
}
