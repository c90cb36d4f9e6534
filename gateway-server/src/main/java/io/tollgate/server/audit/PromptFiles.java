package io.tollgate.server.audit;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Finds files of prompts and reads them. Hidden folders and links are passed by. */
public final class PromptFiles {
    /** Characters of one file, at most. */
    static final int MOST_CHARS = 8 << 20;

    private static final int MOST_FILES = 20_000;
    private static final Set<String> TEXTS = Set.of("txt", "md", "prompt");
    private static final Set<String> REQUESTS = Set.of("json", "jsonl", "yaml", "yml");

    private PromptFiles() {}

    /**
     * The files to look at, in the order of their names; of folders those whose names end in .txt, .md, .prompt, .json,
     * .jsonl, .yaml or .yml.
     *
     * @throws IllegalArgumentException naming what is not there, or too much
     */
    public static List<Path> find(List<Path> paths) throws IOException {
        Set<Path> files = new TreeSet<>();
        for (Path path : paths) {
            if (Files.isRegularFile(path)) {
                files.add(path);
            } else if (Files.isDirectory(path)) {
                walk(path, files);
            } else {
                throw new IllegalArgumentException(path + ": expected a file or folder that exists");
            }
        }
        return List.copyOf(files);
    }

    private static void walk(Path folder, Set<Path> files) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                Path name = each.getFileName();
                boolean hidden =
                        !each.equals(folder) && name != null && name.toString().startsWith(".");
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String ending = ending(file);
                if (attributes.isRegularFile() && (TEXTS.contains(ending) || REQUESTS.contains(ending))) {
                    files.add(file);
                    if (files.size() > MOST_FILES) {
                        throw new IllegalArgumentException("more than " + MOST_FILES + " files below " + folder);
                    }
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Everything found in a file. */
    public static List<Issue> audit(Path file) throws IOException {
        String path = file.toString().replace('\\', '/');
        List<Issue> issues = new ArrayList<>();
        if (Files.size(file) > MOST_CHARS) {
            issues.add(unreadable(path, 1, 1, "has more than " + MOST_CHARS + " bytes"));
            return issues;
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            issues.add(unreadable(path, 1, 1, "is not UTF-8"));
            return issues;
        }
        String ending = ending(file);
        if (!REQUESTS.contains(ending)) {
            PromptText whole = new PromptText("system", text, 1, 1, true);
            Checks.all(new AuditedPrompt(path, 1, 1, false, false, List.of(whole)), issues);
        } else if (ending.equals("jsonl")) {
            int line = 0;
            for (String each : text.split("\n", -1)) {
                if (!each.isBlank()) {
                    requests(path, each, line, true, issues);
                }
                line++;
            }
        } else {
            requests(path, text, 0, ending.equals("json"), issues);
        }
        issues.sort(Comparator.comparingInt(Issue::line).thenComparingInt(Issue::column));
        return issues;
    }

    private static void requests(String path, String text, int lineOffset, boolean json, List<Issue> issues) {
        try {
            // JSON may be indented with tabs, YAML may not; within JSON's strings there are none.
            String spaced = json ? text.replace('\t', ' ') : text;
            RequestNodes.read(path, spaced, lineOffset).forEach(prompt -> Checks.all(prompt, issues));
        } catch (MarkedYamlEngineException e) {
            int line = lineOffset
                    + e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
            issues.add(unreadable(path, line, column, e.getProblem()));
        } catch (YamlEngineException | IllegalArgumentException e) {
            issues.add(unreadable(path, lineOffset + 1, 1, String.valueOf(e.getMessage())));
        }
    }

    private static Issue unreadable(String path, int line, int column, String why) {
        return new Issue(Rule.UNREADABLE, path, line, column, line, column + 1, "cannot be read: " + why);
    }
}
