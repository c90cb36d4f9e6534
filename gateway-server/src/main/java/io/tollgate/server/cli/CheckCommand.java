package io.tollgate.server.cli;

import io.tollgate.server.config.Config;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.LoadedConfig;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.config.yaml.Environment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code check}: says everything that is wrong with a configuration. */
@Command(
        name = "check",
        description =
                "Validates the configuration: exit code 0, or 2 with every problem (line, path, value, what was expected).")
public final class CheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigFile configFile = new ConfigFile();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ConfigException {
        LoadedConfig loaded = new ConfigLoader(Environment.SYSTEM, Overrides.NONE).load(configFile.path());
        loaded.warnings().forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
        Config config = loaded.config();
        spec.commandLine()
                .getOut()
                .printf(
                        "%s is fine: providers %d, models %d, keys %d, budgets %d, routing rules %d%n",
                        configFile.path(),
                        config.providers().size(),
                        config.models().size(),
                        config.keys().size(),
                        config.budgets().size(),
                        config.routing().size());
        return ExitCodes.FINE;
    }
}
