package io.tollgate.server.cli;

import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.NewKey;
import io.tollgate.server.config.yaml.Problem;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keys create}: makes a virtual key and its entry in the configuration. */
@Command(
        name = "create",
        description =
                "Prints a new virtual key once, and the entry for keys: in the configuration that holds only its hash.")
public final class KeysCreateCommand implements Callable<Integer> {
    @Option(
            names = "--id",
            required = true,
            paramLabel = "NAME",
            description = "Name of the key in reports and limits.")
    private String id = "";

    @Option(names = "--tag", paramLabel = "k=v", description = "Tag given to every call made with the key; repeatable.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(
            names = "--allow-model",
            paramLabel = "GLOB",
            description = "Model the key may use, such as \"gpt-4o*\"; repeatable. Default: all.")
    private List<String> allowModels = List.of();

    @Option(
            names = "--expires",
            paramLabel = "DATE",
            description = "When it ceases to be valid: 2027-01-31 or 2027-01-31T12:00:00Z. Default: never.")
    private @Nullable String expires;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        NewKey created = create();
        PrintWriter out = spec.commandLine().getOut();
        out.println("# The key. It is shown this once; Tollgate keeps only its hash.");
        out.println(created.key().reveal());
        out.println("# Its entry under keys: in the configuration.");
        out.println("  - " + created.entry());
        out.flush();
        return ExitCodes.FINE;
    }

    private NewKey create() {
        try {
            return NewKey.create(new SecureRandom(), id, tags, allowModels, expires);
        } catch (ConfigException e) {
            throw new UsageException(e.problems().stream()
                    .map((Problem problem) -> problem.path() + " " + problem.message())
                    .collect(Collectors.joining("; ")));
        }
    }
}
