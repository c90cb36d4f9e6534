package io.tollgate.cache.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The table of "same key or not". A file is named like its dialect; an entry is a line {@code same: TITLE},
 * {@code other: TITLE} or {@code bypass REASON: TITLE}, then one request, or two parted by {@code ---}. A request is
 * lines {@code > TARGET} and {@code name: value} headers, both optional, and a body up to an empty line. Headers
 * {@code scope} and {@code key} are the configured scope and the caller's virtual key.
 */
class PairsTest {
    private record Pair(String file, String verdict, String title, List<Asked> requests) {}

    @TestFactory
    Stream<DynamicTest> every_pair() throws Exception {
        return all().stream().map(pair -> DynamicTest.dynamicTest(pair.file + ", " + pair.title, () -> check(pair)));
    }

    @Test
    void the_table_has_at_least_sixty_pairs() throws Exception {
        assertThat(all()).hasSizeGreaterThanOrEqualTo(60);
    }

    private static void check(Pair pair) {
        List<String> shown = pair.requests.stream().map(Asked::shown).toList();
        if (pair.verdict.startsWith("bypass")) {
            assertThat(shown).containsOnly(pair.verdict);
            return;
        }
        assertThat(shown).hasSizeGreaterThan(1).allMatch(key -> key.matches("[0-9a-f]{64}"));
        assertThat(new HashSet<>(shown)).hasSize(pair.verdict.equals("same") ? 1 : shown.size());
    }

    private static List<Pair> all() throws IOException, URISyntaxException {
        Path folder = Path.of(
                Objects.requireNonNull(PairsTest.class.getResource("pairs")).toURI());
        List<Pair> pairs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                for (String block : Files.readString(file).split("\n\n+")) {
                    if (!block.isBlank() && !block.startsWith("#")) {
                        pairs.add(pair(file.getFileName().toString().replace(".txt", ""), block.strip()));
                    }
                }
            }
        }
        return pairs;
    }

    private static Pair pair(String file, String block) {
        int line = block.indexOf('\n');
        String head = block.substring(0, line);
        int colon = head.indexOf(": ");
        List<Asked> requests = Stream.of(block.substring(line + 1).split("\n---\n"))
                .map(text -> request(file, text))
                .toList();
        return new Pair(file, head.substring(0, colon), head.substring(colon + 2), requests);
    }

    private static Asked request(String file, String text) {
        String target = switch (file) {
            case "openai-responses" -> "/v1/responses";
            case "openai-completions" -> "/v1/completions";
            case "openai-embeddings" -> "/v1/embeddings";
            case "anthropic" -> "/v1/messages";
            case "gemini" -> "/v1beta/models/gemini-2.5-flash:generateContent";
            default -> "/v1/chat/completions";
        };
        Asked asked = Asked.of(target, text.substring(text.indexOf('{')));
        for (String line : text.substring(0, text.indexOf('{')).lines().toList()) {
            String value = line.substring(line.indexOf(' ') + 1);
            if (line.startsWith("> ")) {
                asked = new Asked(value, asked.headers(), asked.body(), asked.key(), asked.scope());
            } else if (line.startsWith("scope: ")) {
                asked = asked.scoped(asked.key(), value.equals("global") ? new String[0] : value.split(","));
            } else if (line.startsWith("key: ")) {
                asked = asked.scoped(
                        value.equals("none") ? null : value, asked.scope().toArray(String[]::new));
            } else {
                asked = asked.header(line.substring(0, line.indexOf(':')), value);
            }
        }
        return asked;
    }
}
