package io.tollgate.routing.complexity.training;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads files of examples, one a line of JSON; files that end in {@code .gz} are unpacked. */
public final class ExampleReader {
    private static final int LONGEST_LINE = 4 << 20;
    private static final int MOST = 1_000_000;

    private final @Nullable String weakModel;
    private final @Nullable String strongModel;
    private final List<Example> examples = new ArrayList<>();
    private int sources;

    /** {@code weakModel} and {@code strongModel} tell which scores to take where a line has those of many models. */
    public ExampleReader(@Nullable String weakModel, @Nullable String strongModel) {
        this.weakModel = weakModel;
        this.strongModel = strongModel;
    }

    /** Adds the examples of a file, as a source of its own. */
    public void read(Path file) throws IOException, TrainingException {
        try (InputStream raw = Files.newInputStream(file)) {
            boolean packed = file.toString().endsWith(".gz");
            read(packed ? new GZIPInputStream(raw) : raw, file.toString());
        }
    }

    /** Adds the examples of a stream; {@code name} is for messages. */
    public void read(InputStream from, String name) throws IOException, TrainingException {
        InputStream in = new BufferedInputStream(from, 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 12);
        long number = 1;
        int c;
        do {
            c = in.read();
            if (c >= 0 && c != '\n') {
                if (line.size() == LONGEST_LINE) {
                    throw new TrainingException(name + " line " + number + ": is longer than " + LONGEST_LINE
                            + " bytes; expected one example");
                }
                line.write(c);
                continue;
            }
            take(line.toByteArray(), name, number++);
            line.reset();
        } while (c >= 0);
        sources++;
    }

    private void take(byte[] line, String name, long number) throws TrainingException {
        if (new String(line, java.nio.charset.StandardCharsets.ISO_8859_1).isBlank()) {
            return;
        }
        if (examples.size() == MOST) {
            throw new TrainingException(name + " line " + number + ": more than " + MOST + " examples; expected fewer");
        }
        try {
            examples.add(ExampleLine.parse(line, sources, weakModel, strongModel));
        } catch (TrainingException e) {
            throw new TrainingException(name + " line " + number + ": " + e.getMessage());
        }
    }

    /** All that was read. */
    public List<Example> examples() {
        return examples;
    }
}
