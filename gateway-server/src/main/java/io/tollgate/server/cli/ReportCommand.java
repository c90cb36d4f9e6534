package io.tollgate.server.cli;

import io.tollgate.budget.report.Bucket;
import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.UsageQuery;
import io.tollgate.budget.report.UsageTable;
import io.tollgate.budget.report.format.Notes;
import io.tollgate.budget.report.format.ReportFormat;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.config.yaml.Environment;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code report}: spend and savings from the ledger, also while the gateway runs. */
@Command(
        name = "report",
        description = "Spend and savings from the ledger; the gateway may be running.",
        footer = {
            "",
            "A moment is 2026-11-01, 2026-11-22T10:00, 2026-11-22T10:00:00Z, 7d or 24h (that long ago), today,"
                    + " yesterday, week or month. A date as the end includes that day."
        })
public final class ReportCommand implements Callable<Integer> {
    @Mixin
    private ConfigFile configFile = new ConfigFile();

    @Option(names = "--from", paramLabel = "D", description = "Requests from this moment on. Default: the first.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "D", description = "Requests before this moment. Default: the latest.")
    private @Nullable String to;

    @Option(
            names = "--by",
            paramLabel = "NAMES",
            defaultValue = "team,model",
            description = "Groups: any of team, feature, environment, user, session, key, provider, model, model_asked,"
                    + " task, route, dialect, cache, end, status, tag:NAME; '' for the total alone."
                    + " Default: ${DEFAULT-VALUE}.")
    private String by = "";

    @Option(names = "--bucket", paramLabel = "UNIT", description = "And by hour, day, week or month.")
    private @Nullable String bucket;

    @Option(
            names = "--where",
            paramLabel = "NAME=VALUE",
            description = "Only requests with this value, e.g. team=checkout; may be repeated.")
    private Map<String, String> where = new LinkedHashMap<>();

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, csv, json or md. Default: table.")
    private ReportFormat format = ReportFormat.TABLE;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the ledger, instead of the configuration's.")
    private @Nullable Path data;

    @Option(
            names = "--timezone",
            paramLabel = "ZONE",
            description = "Where days begin, instead of the configuration's.")
    private @Nullable String timezone;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final InstantSource clock = InstantSource.system();

    /** Which ledger, and where its days begin. */
    private record Source(Path data, ZoneId zone) {}

    @Override
    public Integer call() throws ConfigException {
        Source source = source();
        UsageQuery query = query(source.zone());
        PrintWriter err = spec.commandLine().getErr();
        UsageTable table;
        try {
            table = new LedgerReader(source.data()).usage(query);
        } catch (StoreException e) {
            err.println("tollgate: " + e.getMessage());
            return ExitCodes.FAILED;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.write(table));
        out.flush();
        String warning = Notes.warning(table);
        if (warning != null && !format.carriesWarnings()) {
            err.println(warning);
        }
        return ExitCodes.FINE;
    }

    private UsageQuery query(ZoneId zone) {
        try {
            Map<Dimension, String> filters = new LinkedHashMap<>();
            where.forEach((name, value) -> filters.put(Dimension.of(name), value));
            return new UsageQuery(
                    Period.parse(from, to, zone, clock),
                    filters,
                    Dimension.list(by),
                    bucket == null ? null : Bucket.of(bucket),
                    zone);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** From the configuration, unless the options say it all: a report must not depend on a file it does not need. */
    private Source source() throws ConfigException {
        boolean named = spec.commandLine().getParseResult().hasMatchedOption("--config");
        boolean needed = data == null || (timezone == null && Files.exists(configFile.path()));
        if (data != null && !named && !needed) {
            return new Source(data, zone(ZoneOffset.UTC));
        }
        Config config = new ConfigLoader(Environment.SYSTEM, new Overrides(null, null, data))
                .load(configFile.path())
                .config();
        return new Source(config.dataDir(), zone(config.timezone()));
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
