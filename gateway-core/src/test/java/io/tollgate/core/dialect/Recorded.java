package io.tollgate.core.dialect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Recorded exchanges in a folder {@code shared} beside the checkout; tests over them are skipped where it is absent. */
public record Recorded(
        String id,
        String path,
        String query,
        String request,
        int status,
        @Nullable String contentType,
        String answer) {
    /** All exchanges of one file that have an answer. */
    public static List<Recorded> file(String name) throws IOException {
        Path folder = folder();
        Assumptions.assumeTrue(
                folder != null, "skipped: no ../shared/recorded (TOLLGATE_SHARED names the folder elsewhere)");
        List<Recorded> found = new ArrayList<>();
        if (folder != null) {
            for (String line : Files.readAllLines(folder.resolve(name))) {
                Object tree = JsonTree.parse(line);
                if (JsonTree.at(tree, "response", "body") instanceof String) {
                    found.add(of(tree));
                }
            }
        }
        return found;
    }

    private static Recorded of(@Nullable Object tree) {
        String type = null;
        if (JsonTree.at(tree, "response", "headers") instanceof List<?> headers) {
            for (Object header : headers) {
                if (header instanceof List<?> pair && "content-type".equals(pair.getFirst())) {
                    type = String.valueOf(pair.getLast());
                }
            }
        }
        return new Recorded(
                text(tree, "id"),
                text(tree, "request", "path"),
                text(tree, "request", "query"),
                text(tree, "request", "body"),
                (int) JsonTree.number(tree, "response", "status"),
                type,
                text(tree, "response", "body"));
    }

    private static String text(@Nullable Object tree, String... names) {
        return String.valueOf(JsonTree.at(tree, names));
    }

    private static @Nullable Path folder() {
        String configured = System.getProperty("TOLLGATE_SHARED", System.getenv("TOLLGATE_SHARED"));
        if (configured != null) {
            return Path.of(configured, "recorded");
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared/recorded"))) {
                return at.resolve("shared/recorded");
            }
        }
        return null;
    }
}
