package io.tollgate.cache.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.cache.store.Replies;
import io.tollgate.cache.store.StoreFigures;
import io.tollgate.cache.store.StoredReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final int KILLS = 3;

    @TempDir
    Path folder;

    @Test
    void a_kill_in_the_middle_of_writing_leaves_whole_answers_or_none() throws Exception {
        Path said = folder.resolve("said.txt");
        Path entries = folder.resolve("cache");
        for (int kill = 0; kill < KILLS; kill++) {
            Files.deleteIfExists(said);
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledStore.class.getName(),
                            entries.toString())
                    .redirectOutput(said.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            int enough = 2_000 + kill * 777;
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(said) && Files.size(said) > enough);
            child.destroyForcibly().waitFor();
        }

        try (DiskStore store = DiskStore.open(new DiskSettings(entries, 8 << 20, null), InstantSource.system())) {
            int found = 0;
            for (int number = 0; number < 100; number++) {
                Optional<StoredReply> reply =
                        store.get(Replies.key(number), Replies.A).join();
                found += reply.isPresent() ? 1 : 0;
                assertThat(reply.map(Replies::text).orElse("answer " + number + " "))
                        .startsWith("answer " + number + " ");
            }
            StoreFigures figures = store.figures().getFirst();
            assertThat(found).isGreaterThan(50);
            assertThat(figures.corrupt()).isZero();
            assertThat(figures.entries()).isEqualTo(found);
        }
        try (Stream<Path> files = Files.walk(entries)) {
            assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
    }
}
