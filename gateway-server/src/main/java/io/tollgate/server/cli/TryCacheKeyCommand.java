package io.tollgate.server.cli;

import io.tollgate.server.config.Config;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.serve.CacheTrial;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code try cache-key}: which requests would share an answer, and which pass by the cache and why. */
@Command(
        name = "cache-key",
        description = "Tells the exact cache's key of each request, or why it has none.",
        footer = {
            "",
            "Answers are {\"key\":\"…\"} or {\"bypass\":\"reason\"}. Requests with the same key share an answer."
        })
public final class TryCacheKeyCommand implements Callable<Integer> {
    @Mixin
    private TrialFiles files = new TrialFiles();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ConfigException, IOException {
        Config config = files.config();
        CacheTrial trial = new CacheTrial(config, InstantSource.system());
        files.run(config, spec.commandLine().getOut(), trial::answer);
        return ExitCodes.FINE;
    }
}
