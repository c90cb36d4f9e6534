package io.tollgate.server;

import io.tollgate.server.cli.AuditCommand;
import io.tollgate.server.cli.CheckCommand;
import io.tollgate.server.cli.CommandLines;
import io.tollgate.server.cli.DemoCommand;
import io.tollgate.server.cli.FakeProviderCommand;
import io.tollgate.server.cli.KeysCommand;
import io.tollgate.server.cli.ReportCommand;
import io.tollgate.server.cli.ServeCommand;
import io.tollgate.server.cli.SimulateCommand;
import io.tollgate.server.cli.TrainCommand;
import io.tollgate.server.cli.TryCommand;
import io.tollgate.server.serve.StartAhead;
import io.tollgate.server.warmup.WarmUpCommand;
import java.util.List;

/** The program. */
public final class Main {
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        if (System.getProperty(LEAK_DETECTION) == null) {
            System.setProperty(
                    LEAK_DETECTION, "disabled"); // a stack trace per 128 buffers; the tests look at every one
        }
        boolean serves = args.length > 0 && args[0].equals("serve");
        if (serves) {
            StartAhead.begin();
        }
        // Putting all commands together takes a tenth of a second, which a start need not wait for.
        System.exit(CommandLines.of(serves ? List.of(new ServeCommand()) : commands())
                .execute(args));
    }

    /** THE LIST of commands, as {@code --help} shows it. */
    static List<Object> commands() {
        return List.of(
                new ServeCommand(),
                new DemoCommand(),
                new ReportCommand(),
                new AuditCommand(),
                new SimulateCommand(),
                new CheckCommand(),
                new KeysCommand(),
                new TryCommand(),
                new TrainCommand(),
                new FakeProviderCommand(),
                new WarmUpCommand());
    }
}
