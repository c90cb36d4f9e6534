package io.tollgate.server.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the command line says instead of the file; null where it says nothing. Holds for every reload too. */
public record Overrides(
        @Nullable Integer port,
        @Nullable Integer adminPort,
        @Nullable Path dataDir) {
    /** The file alone. */
    public static final Overrides NONE = new Overrides(null, null, null);

    ServerConfig apply(ServerConfig server) {
        return port == null
                ? server
                : new ServerConfig(server.host(), port, server.maxRequest(), server.open(), server.tls());
    }

    AdminConfig apply(AdminConfig admin) {
        return adminPort == null ? admin : new AdminConfig(admin.host(), adminPort, admin.token());
    }

    Path apply(Path configured) {
        return dataDir == null ? configured : dataDir;
    }
}
