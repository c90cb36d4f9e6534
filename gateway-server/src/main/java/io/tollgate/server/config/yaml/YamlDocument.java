package io.tollgate.server.config.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One YAML file being read: take the {@link #root}, read everything known from it, then ask for the {@link #problems}.
 * Keys that nobody asked for are problems too. Reading never throws, whatever the file holds. Not thread-safe.
 */
public final class YamlDocument {
    private static final int LARGEST = 4 * 1024 * 1024;

    private final Reading reading;
    private final YamlObject root;

    private YamlDocument(Reading reading, Optional<MappingNode> node) {
        this.reading = reading;
        this.root = new YamlObject(reading, "", node.orElse(null), node.flatMap(Node::getStartMark));
    }

    /** Reads a file; problems name it as {@code file.toString()}, and relative secret files are found beside it. */
    public static YamlDocument load(Path file, Environment environment) {
        Path parent = file.toAbsolutePath().getParent();
        Reading reading = new Reading(file.toString(), parent == null ? Path.of("") : parent, environment);
        try {
            if (Files.size(file) > LARGEST) {
                return broken(reading, 0, 0, "is larger than 4 MiB");
            }
            return parse(reading, decode(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return broken(reading, 0, 0, "does not exist");
        } catch (CharacterCodingException e) {
            return broken(reading, 0, 0, "is not UTF-8");
        } catch (IOException e) {
            return broken(reading, 0, 0, Files.isDirectory(file) ? "is a folder; expected a file" : "cannot be read");
        }
    }

    /** Reads a text; problems name it {@code name}, relative secret files are found in {@code folder}. */
    public static YamlDocument parse(String name, String text, Path folder, Environment environment) {
        return parse(new Reading(name, folder, environment), text);
    }

    /** The document's top-level object; empty when the file is. */
    public YamlObject root() {
        return root;
    }

    /** Everything wrong, in the order of the file. Call it once all known keys have been asked for. */
    public List<Problem> problems() {
        return reading.finish();
    }

    /** What is allowed but probably not meant, in the order of the file. */
    public List<Problem> warnings() {
        return reading.warnings();
    }

    /** The secret files that were read or should have been: what else this document's meaning depends on. */
    public Set<Path> secretFiles() {
        return reading.secretFiles();
    }

    private static YamlDocument parse(Reading reading, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(true) // reported here, with both lines
                .setCodePointLimit(LARGEST)
                .build();
        try {
            String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
            Optional<Node> node = new Composer(settings, new BoundedParser(settings, withoutMark)).getSingleNode();
            if (node.isEmpty() || node.get().getTag().equals(Tag.NULL)) {
                return new YamlDocument(reading, Optional.empty());
            }
            if (node.get() instanceof MappingNode mapping) {
                return new YamlDocument(reading, Optional.of(mapping));
            }
            return broken(reading, 1, 1, "expected a mapping of keys to values at the top");
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            return broken(
                    reading,
                    mark.map(Mark::getLine).orElse(-1) + 1,
                    mark.map(Mark::getColumn).orElse(-1) + 1,
                    "is not YAML: " + oneLine(e.getProblem()));
        } catch (YamlEngineException e) {
            return broken(reading, 0, 0, "is not YAML: " + oneLine(String.valueOf(e.getMessage())));
        }
    }

    private static YamlDocument broken(Reading reading, int line, int column, String message) {
        reading.broken(line, column, message);
        return new YamlDocument(reading, Optional.empty());
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
