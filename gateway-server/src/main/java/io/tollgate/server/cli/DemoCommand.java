package io.tollgate.server.cli;

import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.demo.Demo;
import io.tollgate.server.demo.DemoConfig;
import io.tollgate.server.demo.DemoFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: shows the gateway at work without a key or a network. */
@Command(
        name = "demo",
        description = "Runs the gateway in front of a simulated provider, sends sample traffic through it, prints what"
                + " it cost and what was saved, and keeps serving. Needs no key and no network.")
public final class DemoCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "N", description = "Traffic port. Default: 8080, or a free one.")
    private @Nullable Integer port;

    @Option(names = "--admin-port", paramLabel = "N", description = "Admin port. Default: 9090, or a free one.")
    private @Nullable Integer adminPort;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the ledger. Default: a temporary one.")
    private @Nullable Path data;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ConfigException, IOException, InterruptedException, StoreException {
        requirePort("--port", port);
        requirePort("--admin-port", adminPort);
        CountDownLatch stopped = new CountDownLatch(1);
        DemoFolder folder = DemoFolder.of(data);
        Demo demo;
        try {
            demo = Demo.start(new DemoConfig(port, adminPort, folder.path()));
        } catch (ConfigException | IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(demo, folder, stopped)));
        PrintWriter out = spec.commandLine().getOut();
        out.println("A gateway in front of a simulated provider. Sample traffic of four teams:");
        out.println();
        demo.play(out);
        invite(out, demo, folder);
        stopped.await();
        return ExitCodes.FINE;
    }

    private static void requirePort(String option, @Nullable Integer port) {
        if (port != null && (port < 0 || port > 65_535)) {
            throw new UsageException(option + " is " + port + ", expected 0 to 65535");
        }
    }

    private static void stop(Demo demo, DemoFolder folder, CountDownLatch stopped) {
        demo.close();
        try {
            folder.close();
        } catch (IOException e) {
            System.err.println("tollgate: " + folder.path() + " could not be removed: " + e.getMessage());
        }
        stopped.countDown();
    }

    private static void invite(PrintWriter out, Demo demo, DemoFolder folder) {
        out.println("""

                The same in your browser, live:  %2$s/

                The gateway goes on serving. Point an SDK's base URL at %1$s, or try (the second time
                the answer comes from the cache, at no cost):

                  curl -i %1$s/v1/chat/completions -H 'content-type: application/json' -H 'x-tollgate-team: me' \\
                    -d '{"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello!"}]}'
                  ./tollgate report --data %3$s --by team,feature
                  ./tollgate audit --data %3$s        # what was wasted, and the setting that removes it
                """.formatted(demo.url(), demo.adminUrl(), folder.path()));
        out.println("The ledger is in " + folder.path()
                + (folder.temporary() ? " and goes with the demo (--data DIR keeps it)." : "."));
        out.println("listening " + demo.url());
        out.println("listening " + demo.adminUrl());
        out.println("Ctrl-C stops.");
        out.flush();
    }
}
