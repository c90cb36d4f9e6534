package io.tollgate.server.config.yaml;

import io.tollgate.core.provider.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What all objects of one document share while it is read. Confined to the reading thread. */
final class Reading {
    private static final int MOST_PROBLEMS = 200;
    private static final int LONGEST_SHOWN = 80;
    private static final long LARGEST_SECRET = 64 * 1024;

    private final String file;
    private final Path folder;
    private final Substitution substitution;
    private final Set<Problem> problems = new TreeSet<>();
    private final Set<Problem> warnings = new TreeSet<>();
    private final Set<Path> secretFiles = new LinkedHashSet<>();
    private final Set<YamlObject> objects = new LinkedHashSet<>();
    private boolean broken;
    private int reports;

    Reading(String file, Path folder, Environment environment) {
        this.file = file;
        this.folder = folder;
        this.substitution = new Substitution(environment);
    }

    void opened(YamlObject object) {
        objects.add(object);
    }

    /** The document has no structure to be judged by: what follows from that would only distract. */
    void broken(int line, int column, String message) {
        problems.add(new Problem(file, line, column, "", message));
        broken = true;
    }

    void problem(Optional<Mark> at, String path, String message) {
        reports++;
        add(problems, at, path, message);
    }

    void warning(Optional<Mark> at, String path, String message) {
        add(warnings, at, path, message);
    }

    private void add(Set<Problem> to, Optional<Mark> at, String path, String message) {
        if (!broken && to.size() < MOST_PROBLEMS) {
            int line = at.map(mark -> mark.getLine() + 1).orElse(0);
            int column = at.map(mark -> mark.getColumn() + 1).orElse(0);
            to.add(new Problem(file, line, column, path, message));
        }
    }

    List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    /** How often a problem was reported, dropped and repeated ones included: tells a reader whether a call reported any. */
    int reports() {
        return reports;
    }

    List<Problem> finish() {
        List.copyOf(objects).forEach(YamlObject::reportUnknownKeys);
        return List.copyOf(problems);
    }

    Set<Path> secretFiles() {
        return Set.copyOf(secretFiles);
    }

    /** The scalar's text after substitution, or null when that failed (and is reported). */
    @Nullable
    String text(ScalarNode node, String path) {
        Substitution.Result result = substitution.apply(node.getValue());
        if (result.failure() != null) {
            problem(node.getStartMark(), path, result.failure());
            return null;
        }
        return result.text();
    }

    /** Reads {@code file:PATH} or takes the text itself; null when there is nothing usable (and that is reported). */
    @Nullable
    Secret secret(String text, Node node, String path) {
        String content = text.startsWith("file:") ? secretFile(text.substring(5), node, path) : text;
        if (content != null && !ScalarTypes.isClean(content)) {
            problem(node.getStartMark(), path, "holds a line break or another control character; expected one line");
            return null;
        }
        return content == null ? null : new Secret(content);
    }

    private @Nullable String secretFile(String name, Node node, String path) {
        String complaint;
        try {
            Path source = folder.resolve(name);
            secretFiles.add(source);
            if (!Files.isRegularFile(source)) {
                complaint = "does not exist";
            } else if (Files.size(source) > LARGEST_SECRET) {
                complaint = "is larger than 64 KiB";
            } else {
                String content = new String(Files.readAllBytes(source), StandardCharsets.UTF_8).strip();
                if (!content.isEmpty()) {
                    return content;
                }
                complaint = "is empty";
            }
        } catch (InvalidPathException e) {
            complaint = "is not a path";
        } catch (IOException e) {
            complaint = "cannot be read";
        }
        problem(node.getStartMark(), path, "names the secret file " + shown(name) + ", which " + complaint);
        return null;
    }

    /** A value as a problem shows it: quoted, on one line, not too long. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.codePoints().limit(LONGEST_SHOWN).forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.append(text.codePointCount(0, text.length()) > LONGEST_SHOWN ? "…\"" : "\"")
                .toString();
    }
}
