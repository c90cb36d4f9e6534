package io.tollgate.server.config;

import io.tollgate.server.config.yaml.Environment;
import io.tollgate.server.config.yaml.Problem;
import io.tollgate.server.config.yaml.YamlDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
        return read(YamlDocument.load(file, environment), file.toString());
    }

    /** Reads and checks a text; problems name it {@code name}. */
    public LoadedConfig parse(String name, String text, Path folder) throws ConfigException {
        return read(YamlDocument.parse(name, text, folder, environment), name);
    }

    private LoadedConfig read(YamlDocument document, String file) throws ConfigException {
        Config config = new ConfigReader(document.root(), overrides).read();
        List<Problem> problems = document.problems();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        List<Problem> warnings = new ArrayList<>(document.warnings());
        InactiveFeatures.configuredIn(config)
                .forEach(section -> warnings.add(new Problem(
                        file, 0, 0, section, "is read and checked, but this version does not act on it yet")));
        return new LoadedConfig(config, List.copyOf(warnings), document.secretFiles());
    }
}
