package io.tollgate.server.fakeprovider.script;

import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.yaml.Environment;
import io.tollgate.server.config.yaml.Problem;
import io.tollgate.server.config.yaml.YamlDocument;
import io.tollgate.server.config.yaml.YamlObject;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.RuleBook;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of rules: {@code rules:} is a list of {@code {match: …, respond: …}}, of which the first that fits a request
 * holds. See {@link ScriptedMatch} and {@link ScriptedResponse} for the keys.
 */
public final class ScriptFile {
    private ScriptFile() {}

    /**
     * Reads a file into a book.
     *
     * @param ordinary what a rule changes: the pace and latency that hold without rules
     * @return how many rules
     * @throws ConfigException with every problem of the file
     */
    public static int load(Path file, Behaviour ordinary, RuleBook book) throws ConfigException {
        return read(YamlDocument.load(file, Environment.SYSTEM), ordinary, book);
    }

    /** Reads a text, which problems name {@code name}. */
    public static int parse(String name, String text, Behaviour ordinary, RuleBook book) throws ConfigException {
        return read(YamlDocument.parse(name, text, Path.of(""), Environment.SYSTEM), ordinary, book);
    }

    private static int read(YamlDocument document, Behaviour ordinary, RuleBook book) throws ConfigException {
        List<YamlObject> rules = document.root().objects("rules");
        for (YamlObject rule : rules) {
            ScriptedMatch match = ScriptedMatch.read(rule.object("match"));
            Behaviour behaviour = ScriptedResponse.read(rule.object("respond"), ordinary);
            book.add(match::fits, behaviour, match.from(), match.to());
        }
        List<Problem> problems = document.problems();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return rules.size();
    }
}
