package io.tollgate.server.cli;

import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.hosted.BreakEven;
import io.tollgate.server.hosted.HostedReport;
import io.tollgate.server.hosted.HostedText;
import io.tollgate.server.serve.Prices;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code break-even}: whether self-hosted models are worth their machines. */
@Command(
        name = "break-even",
        description = "Compares providers whose machines are paid by the hour (hourly: {usd: 2.50, instead_of: MODEL})"
                + " with the price of the same tokens elsewhere; the gateway may be running.")
public final class BreakEvenCommand implements Callable<Integer> {
    /** How it is printed. */
    enum Format {
        TEXT,
        JSON
    }

    @Mixin
    private LedgerSource source = new LedgerSource();

    @Option(
            names = "--from",
            paramLabel = "D",
            defaultValue = "7d",
            description = "From this moment on, as report takes it. Default: ${DEFAULT-VALUE}.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "D",
            defaultValue = "now",
            description = "Until this moment. Default: ${DEFAULT-VALUE}.")
    private String to = "";

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json. Default: text.")
    private Format format = Format.TEXT;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ConfigException {
        Config config = source.config();
        List<BreakEven> providers;
        try {
            Period period = Period.parse(from, to, config.timezone(), InstantSource.system());
            providers = new HostedReport(config, Prices.of(config)).read(new LedgerReader(config.dataDir()), period);
        } catch (StoreException e) {
            spec.commandLine().getErr().println("tollgate: " + e.getMessage());
            return ExitCodes.FAILED;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == Format.JSON ? HostedText.json(providers) : HostedText.text(providers));
        out.flush();
        return ExitCodes.FINE;
    }
}
