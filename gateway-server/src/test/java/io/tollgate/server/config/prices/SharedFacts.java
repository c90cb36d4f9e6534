package io.tollgate.server.config.prices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Tables of facts in a folder {@code shared} beside the checkout; tests over them are skipped where it is absent. */
final class SharedFacts {
    private SharedFacts() {}

    /** A JSON list of objects. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(String name) throws IOException {
        Optional<Path> file = folder().map(folder -> folder.resolve(name)).filter(Files::isRegularFile);
        Assumptions.assumeTrue(
                file.isPresent(), "skipped: no ../shared/" + name + " (TOLLGATE_SHARED names the folder elsewhere)");
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(64 * 1024 * 1024).build();
        return (List<Map<String, Object>>) new Load(settings).loadFromString(Files.readString(file.orElseThrow()));
    }

    private static Optional<Path> folder() {
        String configured = System.getProperty("TOLLGATE_SHARED", System.getenv("TOLLGATE_SHARED"));
        if (configured != null) {
            return Optional.of(Path.of(configured));
        }
        Path at = Path.of("").toAbsolutePath();
        while (at != null) {
            if (Files.isDirectory(at.resolve("shared/prices"))) {
                return Optional.of(at.resolve("shared"));
            }
            at = at.getParent();
        }
        return Optional.empty();
    }
}
