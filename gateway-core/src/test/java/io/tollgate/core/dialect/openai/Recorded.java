package io.tollgate.core.dialect.openai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recorded traffic that lies beside the checkout on some machines; never part of it. */
final class Recorded {
    /** One call: what was asked, and the status and body of the answer. */
    record Call(String file, String id, String method, String path, String request, int status, String answer) {}

    private Recorded() {}

    /** The folder, or null where there is none. */
    static @Nullable Path folder() {
        String told = System.getProperty("TOLLGATE_SHARED", System.getenv("TOLLGATE_SHARED"));
        if (told != null) {
            return existing(Path.of(told, "recorded"));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = existing(at.resolve("shared/recorded"));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Path existing(Path folder) {
        return Files.isDirectory(folder) ? folder : null;
    }

    static List<Call> calls(Path file) throws IOException {
        List<Call> calls = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            Object tree = Tree.parse(line);
            if (Tree.at(tree, "response", "body") instanceof String answer) {
                calls.add(new Call(
                        file.getFileName().toString(),
                        text(tree, "id"),
                        text(tree, "request", "method"),
                        text(tree, "request", "path"),
                        text(tree, "request", "body"),
                        (int) Tree.number(tree, "response.status"),
                        answer));
            }
        }
        return calls;
    }

    private static String text(@Nullable Object tree, String... path) {
        Object value = Tree.at(tree, path);
        return value instanceof Map<?, ?> || value == null ? "" : value.toString();
    }
}
