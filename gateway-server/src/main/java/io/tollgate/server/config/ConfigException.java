package io.tollgate.server.config;

import io.tollgate.server.config.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration was refused. The message has one line per problem. */
public final class ConfigException extends Exception {
    private final transient List<Problem> problems;

    /** Refused because of these. */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
