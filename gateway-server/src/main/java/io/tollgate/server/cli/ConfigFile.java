package io.tollgate.server.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --config}, mixed into every command that reads the configuration. */
public final class ConfigFile {
    @Option(
            names = ServeOptions.CONFIG,
            paramLabel = "FILE",
            description = "Configuration file. Default: config/tollgate.yaml beside the launcher.")
    private @Nullable Path file;

    /** The file given, or the one that comes with Tollgate. */
    public Path path() {
        return orDefault(file);
    }

    /** The file given. */
    @Nullable
    Path given() {
        return file;
    }

    /** This file, or the one that comes with Tollgate. */
    static Path orDefault(@Nullable Path given) {
        return given != null ? given : home().resolve("config").resolve("tollgate.yaml");
    }

    /** The folder of the installation, which the launcher passes on; the working directory without it. */
    public static Path home() {
        return Path.of(System.getProperty("tollgate.home", ""));
    }
}
