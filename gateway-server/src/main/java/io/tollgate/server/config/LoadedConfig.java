package io.tollgate.server.config;

import io.tollgate.server.config.yaml.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A sound configuration and what there is to say about it.
 *
 * @param warnings what is allowed but probably not meant
 * @param secretFiles other files that it was made of
 */
public record LoadedConfig(Config config, List<Problem> warnings, Set<Path> secretFiles) {}
