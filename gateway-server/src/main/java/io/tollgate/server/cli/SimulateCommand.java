package io.tollgate.server.cli;

import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.config.yaml.Environment;
import io.tollgate.server.simulate.Simulation;
import io.tollgate.server.simulate.SimulationText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: what another configuration would have done with the calls in the ledger. */
@Command(
        name = "simulate",
        description = "Replays the ledger's calls through another configuration's decisions; no provider is asked, and"
                + " the gateway may be running.")
public final class SimulateCommand implements Callable<Integer> {
    private static final long TOLD_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How the outcome is printed. */
    enum Format {
        TABLE,
        JSON
    }

    @Mixin
    private ConfigFile configFile = new ConfigFile();

    @Option(names = "--from", paramLabel = "D", description = "Calls from this moment on. Default: the first.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "D", description = "Calls before this moment. Default: the latest.")
    private @Nullable String to;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the ledger, instead of the configuration's.")
    private @Nullable Path data;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json. Default: table.")
    private Format format = Format.TABLE;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private long rows;
    private long told = System.nanoTime();
    private boolean toldAny;

    @Override
    public Integer call() throws ConfigException {
        Config config = new ConfigLoader(Environment.SYSTEM, new Overrides(null, null, data))
                .load(configFile.path())
                .config();
        Period period;
        try {
            period = Period.parse(from, to, config.timezone(), InstantSource.system());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        PrintWriter err = spec.commandLine().getErr();
        Simulation simulation = new Simulation(config);
        try {
            new LedgerReader(config.dataDir()).scan(period, row -> {
                simulation.replay(row);
                progress(err);
            });
        } catch (StoreException e) {
            err.println("tollgate: " + e.getMessage());
            return ExitCodes.FAILED;
        }
        if (toldAny) {
            err.println("\r" + rows + " rows replayed");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == Format.JSON ? SimulationText.json(simulation) : SimulationText.table(simulation));
        out.flush();
        return ExitCodes.FINE;
    }

    private void progress(PrintWriter err) {
        rows++;
        if ((rows & 1023) == 0 && System.nanoTime() - told > TOLD_EVERY_NANOS) {
            told = System.nanoTime();
            toldAny = true;
            err.print("\r" + rows + " rows replayed …");
            err.flush();
        }
    }
}
