package io.tollgate.server.cli;

import io.tollgate.budget.report.Bucket;
import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.Report;
import io.tollgate.budget.report.UsageQuery;
import io.tollgate.budget.report.UsageTable;
import io.tollgate.budget.report.format.Focus;
import io.tollgate.budget.report.format.Notes;
import io.tollgate.budget.report.format.ReportFormat;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.server.config.ConfigException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.ZoneId;
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
    private LedgerSource source = new LedgerSource();

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

    @Option(
            names = "--weekly",
            description = "The last whole week, compared with the week before, and what a year costs at its pace.")
    private boolean weekly;

    @Option(
            names = "--monthly",
            description = "The last whole month, compared with as many days before, and what a year costs at its pace.")
    private boolean monthly;

    @Option(
            names = "--chargeback",
            description =
                    "What each group is charged, in whole cents that add up to the total's (largest remainder); of"
                            + " the last whole month unless --weekly or --from say otherwise.")
    private boolean chargeback;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table, csv, json, md, html (one page, prints well) or focus (CSV in the columns of FinOps"
                    + " FOCUS 1.2, by day, provider and model). Default: table.")
    private ReportFormat format = ReportFormat.TABLE;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws ConfigException {
        LedgerSource.Ledger ledger =
                source.ledger(spec.commandLine().getParseResult().hasMatchedOption("--config"));
        UsageQuery query = query(ledger.zone());
        PrintWriter err = spec.commandLine().getErr();
        Report report;
        String text;
        try {
            report = report(new LedgerReader(ledger.data()), query);
            text = format.write(report);
        } catch (StoreException e) {
            err.println("tollgate: " + e.getMessage());
            return ExitCodes.FAILED;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        String warning = Notes.warning(report.table());
        if (warning != null && !format.carriesWarnings()) {
            err.println(warning);
        }
        return ExitCodes.FINE;
    }

    private Report report(LedgerReader reader, UsageQuery query) {
        boolean reviewed = weekly || monthly || chargeback;
        try (Progress progress = new Progress(spec.commandLine().getErr(), "reading the ledger", reviewed ? 2 : 1)) {
            UsageTable table = reader.usage(query);
            progress.done(1);
            UsageTable before = null;
            if (reviewed && format != ReportFormat.FOCUS) {
                Period then = query.period().before(query.zone());
                before = reader.usage(new UsageQuery(then, query.where(), query.by(), null, query.zone()));
                progress.done(2);
            }
            return new Report(table, before, chargeback, clock.millis());
        }
    }

    private UsageQuery query(ZoneId zone) {
        try {
            Map<Dimension, String> filters = new LinkedHashMap<>();
            where.forEach((name, value) -> filters.put(Dimension.of(name), value));
            UsageQuery query = new UsageQuery(
                    period(zone), filters, Dimension.list(by), bucket == null ? null : Bucket.of(bucket), zone);
            return format == ReportFormat.FOCUS ? Focus.query(query) : query;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Reviews are of whole periods; a charge is of the last month unless another period is named. */
    private Period period(ZoneId zone) {
        boolean review = weekly || monthly || chargeback;
        if (weekly && monthly) {
            throw new IllegalArgumentException("--weekly and --monthly: expected one of them");
        }
        if ((weekly || monthly) && (from != null || to != null)) {
            throw new IllegalArgumentException(
                    "--weekly and --monthly say the period themselves: expected no --from and no --to");
        }
        if (review && bucket != null) {
            throw new IllegalArgumentException("a review is of a whole period: expected no --bucket");
        }
        if (weekly) {
            return Period.lastWeek(zone, clock);
        }
        if (monthly || (chargeback && from == null && to == null)) {
            return Period.lastMonth(zone, clock);
        }
        if (chargeback && from == null) {
            throw new IllegalArgumentException("--chargeback of a period of its own: expected --from too");
        }
        return Period.parse(from, chargeback && to == null ? "now" : to, zone, clock);
    }
}
