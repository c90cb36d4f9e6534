package io.tollgate.server.api;

import io.tollgate.server.admin.AdminAnswer;
import io.tollgate.server.admin.AdminProblem;
import io.tollgate.server.admin.AdminResource;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.ConfigSource;
import io.tollgate.server.config.ReloadStatus;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code GET config} and {@code POST config/reload}. */
public final class ConfigResources {
    private final Supplier<Config> running;
    private volatile @Nullable ConfigSource source;

    /** Of this configuration; without a source until one is named. */
    public ConfigResources(Supplier<Config> running) {
        this.running = running;
    }

    /** Where the configuration comes from. */
    public void source(ConfigSource file) {
        source = file;
    }

    /** By path. */
    public Map<String, AdminResource> byPath() {
        return Map.of(
                "/api/v1/config",
                AdminResource.get(request -> {
                    ConfigSource file = source;
                    return AdminAnswer.json(ConfigJson.of(running.get(), file == null ? null : file.status()));
                }),
                "/api/v1/config/reload",
                AdminResource.post(request -> reload()));
    }

    private AdminAnswer reload() {
        ConfigSource file = source;
        if (file == null) {
            throw new AdminProblem(409, "the configuration did not come from a file, so there is none to load again");
        }
        ReloadStatus status = file.reload();
        AdminAnswer answer = AdminAnswer.json(ConfigJson.of(status));
        return status.applied() ? answer : new AdminAnswer(422, answer.contentType(), answer.body());
    }
}
