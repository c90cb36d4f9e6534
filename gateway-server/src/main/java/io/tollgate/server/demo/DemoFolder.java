package io.tollgate.server.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a demo keeps its ledger: the user's folder, or one that is gone when the demo is over.
 *
 * @param path the folder
 * @param temporary whether {@link #close} removes it
 */
public record DemoFolder(Path path, boolean temporary) implements AutoCloseable {
    /** The folder given, or a new temporary one. */
    public static DemoFolder of(@Nullable Path given) throws IOException {
        return given != null
                ? new DemoFolder(given, false)
                : new DemoFolder(Files.createTempDirectory("tollgate-demo-"), true);
    }

    @Override
    public void close() throws IOException {
        if (!temporary) {
            return;
        }
        List<Path> innermostFirst;
        try (Stream<Path> files = Files.walk(path)) {
            innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : innermostFirst) {
            Files.deleteIfExists(file);
        }
    }
}
