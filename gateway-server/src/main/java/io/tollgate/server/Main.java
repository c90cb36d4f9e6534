package io.tollgate.server;

import io.tollgate.server.cli.AuditCommand;
import io.tollgate.server.cli.BreakEvenCommand;
import io.tollgate.server.cli.CheckCommand;
import io.tollgate.server.cli.CommandLines;
import io.tollgate.server.cli.DemoCommand;
import io.tollgate.server.cli.FakeProviderCommand;
import io.tollgate.server.cli.KeysCommand;
import io.tollgate.server.cli.ReportCommand;
import io.tollgate.server.cli.ServeCommand;
import io.tollgate.server.cli.Serving;
import io.tollgate.server.cli.SimulateCommand;
import io.tollgate.server.cli.TrainCommand;
import io.tollgate.server.cli.TryCommand;
import io.tollgate.server.serve.StartAhead;
import io.tollgate.server.warmup.WarmUpCommand;
import java.util.List;
import java.util.Map;

/** The program. */
public final class Main {
    /** Properties set where nobody set them. No leak detection: a stack trace per 128 buffers; tests look at every one. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "io.netty.leakDetection.level", "disabled",
            "io.netty.jfr.enabled", "false"); // events per buffer that nobody reads; loading them takes part of a start

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        System.exit(args.length > 0 && args[0].equals("serve") ? serve(args) : run(commands(), args));
    }

    private static int serve(String... args) {
        StartAhead.begin();
        Integer served = Serving.plain(args);
        return served != null ? served : run(List.of(new ServeCommand()), args);
    }

    private static int run(List<Object> commands, String... args) {
        return CommandLines.of(commands).execute(args);
    }

    /** THE LIST of commands, as {@code --help} shows it. */
    static List<Object> commands() {
        return List.of(
                new ServeCommand(),
                new DemoCommand(),
                new ReportCommand(),
                new AuditCommand(),
                new SimulateCommand(),
                new BreakEvenCommand(),
                new CheckCommand(),
                new KeysCommand(),
                new TryCommand(),
                new TrainCommand(),
                new FakeProviderCommand(),
                new WarmUpCommand());
    }
}
