package io.tollgate.server.config;

import io.tollgate.server.config.prices.PricesFile;
import io.tollgate.server.config.yaml.Environment;
import io.tollgate.server.config.yaml.Problem;
import io.tollgate.server.config.yaml.YamlDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes a {@link Config} of a file, or says everything that is wrong with it. */
public final class ConfigLoader {
    private final Environment environment;
    private final Overrides overrides;

    /** Looks variables up in {@code environment} and lets {@code overrides} win over the file. */
    public ConfigLoader(Environment environment, Overrides overrides) {
        this.environment = environment;
        this.overrides = overrides;
    }

    /** Reads and checks a file. */
    public LoadedConfig load(Path file) throws ConfigException {
        Path parent = file.toAbsolutePath().getParent();
        return read(YamlDocument.load(file, environment), file.toString(), parent == null ? Path.of("") : parent);
    }

    /** Reads and checks a text; problems name it {@code name}. */
    public LoadedConfig parse(String name, String text, Path folder) throws ConfigException {
        return read(YamlDocument.parse(name, text, folder, environment), name, folder);
    }

    private LoadedConfig read(YamlDocument document, String file, Path folder) throws ConfigException {
        Set<Path> otherFiles = new HashSet<>();
        List<Problem> problems = new ArrayList<>();
        Config config = new ConfigReader(document.root(), overrides, name -> {
                    Path prices = folder.resolve(name);
                    otherFiles.add(prices);
                    PricesFile read = PricesFile.load(prices, environment);
                    problems.addAll(read.problems());
                    return read;
                })
                .read();
        problems.addAll(0, document.problems());
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        otherFiles.addAll(document.secretFiles());
        List<Problem> warnings = new ArrayList<>(document.warnings());
        InactiveFeatures.configuredIn(config)
                .forEach(section -> warnings.add(new Problem(
                        file, 0, 0, section, "is read and checked, but this version does not act on it yet")));
        return new LoadedConfig(config, List.copyOf(warnings), Set.copyOf(otherFiles));
    }
}
