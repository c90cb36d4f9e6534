package io.tollgate.server.cli;

import io.tollgate.budget.report.Period;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.waste.WasteFinder;
import io.tollgate.budget.waste.WasteFormat;
import io.tollgate.budget.waste.WasteKind;
import io.tollgate.budget.waste.WasteReport;
import io.tollgate.server.audit.Issue;
import io.tollgate.server.audit.IssueFormat;
import io.tollgate.server.audit.Level;
import io.tollgate.server.audit.PromptFiles;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.serve.Prices;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit}: waste in the ledger, or in files of prompts before they are launched. */
@Command(
        name = "audit",
        description = {
            "Without a PATH: what of the money in the ledger was wasted, the dearest first, and the setting that removes it.",
            "With one: what files of prompts (.txt, .md, .prompt; .json, .jsonl, .yaml requests) cost for nothing."
        },
        footer = {
            "",
            "Exit code with a PATH: 0 nothing found at the level of --fail-on or above, 1 something, 2 bad usage."
        })
public final class AuditCommand implements Callable<Integer> {
    @Mixin
    private LedgerSource source = new LedgerSource();

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "Files or folders of prompts.")
    private List<Path> paths = List.of();

    @Option(names = "--from", paramLabel = "D", description = "Ledger: from this moment on. Default: 30 days ago.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "D", description = "Ledger: before this moment. Default: now.")
    private @Nullable String to;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table, json or md; sarif for files. Default: table.")
    private String format = "table";

    @Option(
            names = "--fail-on",
            paramLabel = "LEVEL",
            description = "Files: exit code 1 from this level on: note, warning, error, or never. Default: warning.")
    private String failOn = "warning";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws ConfigException, IOException {
        return paths.isEmpty() ? ledger() : files();
    }

    private int ledger() throws ConfigException {
        WasteFormat chosen = one(WasteFormat.class, "--format", format, "table, json or md");
        if (spec.commandLine().getParseResult().hasMatchedOption("--fail-on")) {
            throw new UsageException("--fail-on is for files: expected a PATH too");
        }
        PrintWriter err = spec.commandLine().getErr();
        LedgerSource.Ledger ledger =
                source.ledger(spec.commandLine().getParseResult().hasMatchedOption("--config"));
        try (Progress progress = new Progress(err, "looking for waste", WasteKind.values().length)) {
            Period period = Period.parse(from == null && to == null ? "30d" : from, to, ledger.zone(), clock);
            WasteReport report = new WasteFinder(ledger.data(), Prices.of(source.config()), clock)
                    .find(period, ledger.zone(), progress::done);
            print(chosen.write(report));
            return ExitCodes.FINE;
        } catch (StoreException e) {
            err.println("tollgate: " + e.getMessage());
            return ExitCodes.FAILED;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private int files() throws IOException {
        IssueFormat chosen = one(IssueFormat.class, "--format", format, "table, json, md or sarif");
        Level level =
                failOn.equals("never") ? null : one(Level.class, "--fail-on", failOn, "note, warning, error or never");
        if (from != null || to != null) {
            throw new UsageException("--from and --to are for the ledger: expected no PATH");
        }
        List<Issue> issues = new ArrayList<>();
        List<Path> files;
        try {
            files = PromptFiles.find(paths);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        try (Progress progress =
                new Progress(spec.commandLine().getErr(), "reading files", Math.max(1, files.size()))) {
            for (int i = 0; i < files.size(); i++) {
                issues.addAll(PromptFiles.audit(files.get(i)));
                progress.done(i + 1);
            }
        }
        print(chosen.write(issues));
        boolean failed = level != null
                && issues.stream().anyMatch(issue -> issue.rule().level().compareTo(level) >= 0);
        return failed ? ExitCodes.FAILED : ExitCodes.FINE;
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }

    private static <E extends Enum<E>> E one(Class<E> type, String option, String value, String expected) {
        for (E each : type.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new UsageException(option + " '" + value + "': expected " + expected);
    }
}
