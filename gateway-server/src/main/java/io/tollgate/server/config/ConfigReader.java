package io.tollgate.server.config;

import io.tollgate.server.config.prices.PricesFile;
import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads all sections of one document, each through its own record, and what must hold between sections. */
final class ConfigReader {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ScalarType<ZoneId> ZONE =
            new ScalarType<>("a time zone, such as UTC or Europe/Berlin", UTC, ConfigReader::zoneOrNull);

    private final YamlObject root;
    private final Overrides overrides;
    private final Function<String, PricesFile> priceFiles;

    /** Reads price files that the document names with {@code priceFiles}. */
    ConfigReader(YamlObject root, Overrides overrides, Function<String, PricesFile> priceFiles) {
        this.root = root;
        this.overrides = overrides;
        this.priceFiles = priceFiles;
    }

    /** The configuration; meaningful only if the document then has no problems. */
    Config read() {
        ServerConfig server = overrides.apply(ServerConfig.read(root.object("server")));
        AdminConfig admin = overrides.apply(AdminConfig.read(root.object("admin")));
        Path dataDir =
                overrides.apply(Path.of(root.value("data_dir", ScalarTypes.FILE).orElse("data")));
        ZoneId timezone = root.value("timezone", ZONE).orElse(UTC);
        SequencedMap<String, ProviderConfig> providers = named("providers", ProviderConfig::read);
        List<PricesFile> prices =
                root.values("prices", ScalarTypes.FILE).stream().map(priceFiles).toList();
        SequencedMap<String, ModelConfig> models = named("models", ModelConfig::read);
        List<KeyConfig> keys = list(
                "keys",
                yaml -> KeyConfig.read(yaml, timezone),
                new Unique<>("id", KeyConfig::id, false),
                new Unique<>("hash", KeyConfig::hash, true));
        List<String> tags = root.values("tags", Notations.TAG);
        Dimensions dimensions = new Dimensions(tags, keys);
        OpenDoors.of(server, admin, providers.values(), keys)
                .forEach(door -> root.object(door.section()).problem(door.key(), door.message()));
        checkProviders(providers, models);
        return new Config(
                server,
                admin,
                dataDir,
                timezone,
                providers,
                prices,
                models,
                keys,
                tags,
                list(
                        "budgets",
                        yaml -> BudgetConfig.read(yaml, dimensions),
                        new Unique<>("name", BudgetConfig::name, false)),
                list(
                        "rate_limits",
                        yaml -> RateLimitConfig.read(yaml, dimensions),
                        new Unique<>("name", RateLimitConfig::name, false)),
                list(
                        "run_limits",
                        yaml -> RunLimitConfig.read(yaml, dimensions),
                        new Unique<>("name", RunLimitConfig::name, false)),
                CacheConfig.read(root.object("cache"), dimensions),
                list(
                        "routing",
                        yaml -> RoutingRule.read(yaml, dimensions),
                        new Unique<>("name", RoutingRule::name, false)),
                fallbacks(root.object("fallbacks")),
                RetryConfig.read(root.object("retries")),
                OutputConfig.read(root.object("output")),
                ShapingConfig.read(root.object("shaping"), dimensions),
                list(
                        "alerts",
                        AlertConfig::read,
                        new Unique<>("name", alert -> Objects.requireNonNullElse(alert.name(), ""), false)),
                AnomalyConfig.read(root.object("anomalies")),
                StoreConfig.read(root.object("store")),
                TelemetryConfig.read(root.object("telemetry")));
    }

    /** A member that no two entries of a list may share. */
    private record Unique<T>(String key, Function<T, String> value, boolean sensitive) {
        void check(List<YamlObject> yaml, List<T> entries) {
            SequencedMap<String, Integer> lines = new LinkedHashMap<>();
            for (int i = 0; i < entries.size(); i++) {
                String content = value.apply(entries.get(i));
                Integer first = content.isEmpty()
                        ? null
                        : lines.putIfAbsent(content, yaml.get(i).line());
                if (first != null) {
                    yaml.get(i)
                            .problem(
                                    key,
                                    (sensitive ? "is" : "is \"" + content + "\",") + " the same as in line " + first
                                            + "; expected each " + key + " once");
                }
            }
        }
    }

    @SafeVarargs
    private <T> List<T> list(String section, Function<YamlObject, T> reader, Unique<T>... uniques) {
        List<YamlObject> yaml = root.objects(section);
        List<T> entries = yaml.stream().map(reader).toList();
        for (Unique<T> unique : uniques) {
            unique.check(yaml, entries);
        }
        return entries;
    }

    private <T> SequencedMap<String, T> named(String section, BiFunction<String, YamlObject, T> reader) {
        SequencedMap<String, T> entries = new LinkedHashMap<>();
        root.named(section).forEach((name, yaml) -> entries.put(name, reader.apply(name, yaml)));
        return Collections.unmodifiableSequencedMap(entries);
    }

    private static @Nullable ZoneId zoneOrNull(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static SequencedMap<String, List<String>> fallbacks(YamlObject yaml) {
        SequencedMap<String, List<String>> fallbacks = new LinkedHashMap<>();
        for (String model : yaml.keys()) {
            List<String> others = new ArrayList<>(yaml.atLeastOne(model, Notations.MODEL));
            if (others.contains(model)) {
                yaml.problem(model, "falls back to itself, expected other models");
            }
            fallbacks.put(model, List.copyOf(others));
        }
        return Collections.unmodifiableSequencedMap(fallbacks);
    }

    private void checkProviders(
            SequencedMap<String, ProviderConfig> providers, SequencedMap<String, ModelConfig> models) {
        if (providers.isEmpty()
                && (!root.has("providers") || root.object("providers").isPresent())) {
            root.problem("providers", "is missing; expected at least one provider");
        }
        models.forEach((name, model) -> {
            String provider = model.provider();
            if (provider != null && !providers.containsKey(provider)) {
                root.object("models")
                        .object(name)
                        .problem(
                                "provider",
                                "names the unknown provider \"" + provider + "\""
                                        + YamlObject.hint(provider, providers.keySet()));
            }
        });
    }
}
