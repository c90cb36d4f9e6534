package io.tollgate.server.cli;

import io.tollgate.server.config.Config;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.config.yaml.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which ledger is read and where its days begin, mixed into the commands that read it. */
public final class LedgerSource {
    @Mixin
    private ConfigFile configFile = new ConfigFile();

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the ledger, instead of the configuration's.")
    private @Nullable Path data;

    @Option(
            names = "--timezone",
            paramLabel = "ZONE",
            description = "Where days begin, instead of the configuration's.")
    private @Nullable String timezone;

    /** Which ledger, and where its days begin. */
    record Ledger(Path data, ZoneId zone) {}

    /** From the configuration, unless the options say it all: a report must not depend on a file it does not need. */
    Ledger ledger(boolean configNamed) throws ConfigException {
        boolean needed = data == null || (timezone == null && Files.exists(configFile.path()));
        if (data != null && !configNamed && !needed) {
            return new Ledger(data, zone(ZoneOffset.UTC));
        }
        Config config = config();
        return new Ledger(config.dataDir(), zone(config.timezone()));
    }

    /** The whole configuration. */
    Config config() throws ConfigException {
        return new ConfigLoader(Environment.SYSTEM, new Overrides(null, null, data))
                .load(configFile.path())
                .config();
    }

    private ZoneId zone(ZoneId configured) {
        if (timezone == null) {
            return configured;
        }
        try {
            return ZoneId.of(timezone);
        } catch (DateTimeException e) {
            throw new UsageException(
                    "--timezone '" + timezone + "': expected a time zone, such as UTC or Europe/Berlin");
        }
    }
}
