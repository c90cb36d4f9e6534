package io.tollgate.cache.store.disk;

import static io.tollgate.cache.store.Replies.A;
import static io.tollgate.cache.store.Replies.B;
import static io.tollgate.cache.store.Replies.key;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tollgate.cache.key.Scope;
import io.tollgate.cache.store.Replies;
import io.tollgate.cache.store.StoreFigures;
import io.tollgate.cache.store.StoredReply;
import io.tollgate.cache.store.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class DamageTest {
    private static final long MAX_BYTES = 1 << 20;

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answers_survive_a_restart(boolean encrypted) {
        StoredReply reply = reply(A, "hello");
        try (DiskStore store = open(encrypted)) {
            for (int i = 0; i < 20; i++) {
                store.put(key(i), reply);
            }
        }
        try (DiskStore store = open(encrypted)) {
            for (int i = 0; i < 20; i++) {
                assertThat(store.get(key(i), A).join().orElseThrow())
                        .usingRecursiveComparison()
                        .isEqualTo(reply);
            }
            assertThat(figures(store).bytes()).isEqualTo(20 * 4096);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_flipped_bit_anywhere_is_a_miss_and_is_counted(boolean encrypted) throws IOException {
        try (DiskStore store = open(encrypted)) {
            store.put(key(1), reply(A, "the right answer")).join();
            Path file = onlyFile();
            byte[] right = Files.readAllBytes(file);
            for (int at = 0; at < right.length; at++) {
                byte[] wrong = right.clone();
                wrong[at] ^= (byte) (1 << at % 8);
                Files.write(file, wrong);

                assertThat(store.get(key(1), A).join()).as("byte %d", at).isEmpty();
                assertThat(figures(store).corrupt()).isEqualTo(at + 1L);
                assertThat(file).doesNotExist();
                store.put(key(1), reply(A, "the right answer")).join();
            }
            assertThat(right.length).isGreaterThan(200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_truncated_or_lengthened_file_is_a_miss_and_is_counted(boolean encrypted) throws IOException {
        try (DiskStore store = open(encrypted)) {
            store.put(key(1), reply(A, "x")).join();
            byte[] right = Files.readAllBytes(onlyFile());
            int damaged = 0;
            for (int length = 0; length <= right.length + 1; length += 13) {
                if (length != right.length) {
                    Files.write(onlyFile(), Arrays.copyOf(right, length));
                    assertThat(store.get(key(1), A).join())
                            .as("%d bytes", length)
                            .isEmpty();
                    assertThat(figures(store).corrupt()).isEqualTo(++damaged);
                    store.put(key(1), reply(A, "x")).join();
                }
            }
            Files.write(onlyFile(), Arrays.copyOf(right, right.length + 1));
            assertThat(store.get(key(1), A).join()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_entry_moved_to_the_name_of_another_scope_or_key_is_a_miss(boolean encrypted) throws IOException {
        Path ofA;
        Path ofB;
        try (DiskStore store = open(encrypted)) {
            store.put(key(1), reply(A, "a's answer")).join();
            ofA = onlyFile();
            byte[] content = Files.readAllBytes(ofA);
            store.put(key(1), reply(B, "b's answer")).join();
            ofB = onlyFile();
            Files.write(ofB, content);

            assertThat(store.get(key(1), B).join()).isEmpty();
            assertThat(figures(store).corrupt()).isEqualTo(1);

            store.put(key(2), reply(A, "another question of a's")).join();
            Files.write(onlyFile(), content);
            assertThat(store.get(key(2), A).join()).isEmpty();
        }
        assertThat(ofA.getFileName()).isNotEqualTo(ofB.getFileName());
    }

    @Test
    void another_key_reads_nothing_and_clears_what_it_cannot_read() throws IOException {
        byte[] one = new byte[32];
        byte[] other = new byte[32];
        other[31] = 1;
        try (DiskStore store = DiskStore.open(new DiskSettings(folder, MAX_BYTES, EncryptionKey.of(one)), clock)) {
            store.put(key(1), reply(A, "secret")).join();
        }
        byte[] sealed = Files.readAllBytes(onlyFile());
        try (DiskStore store = DiskStore.open(new DiskSettings(folder, MAX_BYTES, EncryptionKey.of(other)), clock)) {
            assertThat(store.get(key(1), A).join()).isEmpty();
            assertThat(files()).isEmpty();
            store.put(key(1), reply(A, "secret")).join();
            Files.write(onlyFile(), sealed);
            assertThat(store.get(key(1), A).join()).isEmpty();
            assertThat(figures(store).corrupt()).isEqualTo(1);
        }
    }

    @Test
    void encrypted_entries_show_neither_text_nor_scope_nor_model_and_never_repeat() throws IOException {
        try (DiskStore store = open(true)) {
            store.put(key(1), reply(A, "very secret text")).join();
            byte[] first = Files.readAllBytes(onlyFile());
            store.put(key(1), reply(A, "very secret text")).join();
            byte[] second = Files.readAllBytes(onlyFile());

            assertThat(new String(first, StandardCharsets.ISO_8859_1)).doesNotContain("secret", "key:a", "gpt-4o");
            assertThat(onlyFile().toString()).doesNotContain("key:a", "gpt");
            assertThat(Arrays.copyOf(first, 12)).isNotEqualTo(Arrays.copyOf(second, 12));
            assertThat(second).isNotEqualTo(first);
        }
    }

    @Test
    void files_and_folders_are_their_owners_alone() throws IOException {
        Path path = folder.resolve("made/for/this");
        try (DiskStore store = DiskStore.open(new DiskSettings(path, MAX_BYTES, null), clock)) {
            store.put(key(1), reply(A, "x")).join();
            try (Stream<Path> all = Files.walk(path)) {
                for (Path each : all.toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                            .as("%s", each)
                            .isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------");
                }
            }
        }
    }

    @Test
    void what_a_kill_left_half_written_is_cleared_and_files_of_others_stay() throws IOException {
        try (DiskStore store = open(false)) {
            store.put(key(1), reply(A, "x")).join();
        }
        Path half = Files.move(onlyFile(), Path.of(onlyFile() + ".part"));
        Path foreign = Files.writeString(half.resolveSibling("notes.txt"), "mine");
        try (DiskStore store = open(false)) {
            assertThat(store.get(key(1), A).join()).isEmpty();
        }
        assertThat(half).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void the_oldest_go_first_also_after_a_restart() throws IOException {
        long room = 10 * 4096;
        try (DiskStore store = DiskStore.open(new DiskSettings(folder, room, null), clock)) {
            for (int i = 0; i < 8; i++) {
                store.put(key(i), reply(A, "x")).join();
                Files.setLastModifiedTime(
                        newest(), java.nio.file.attribute.FileTime.fromMillis(1_000_000_000L + i * 1_000L));
            }
        }
        try (DiskStore store = DiskStore.open(new DiskSettings(folder, room, null), clock)) {
            for (int i = 8; i < 13; i++) {
                store.put(key(i), reply(A, "x")).join();
            }
            for (int i = 0; i < 13; i++) {
                assertThat(store.get(key(i), A).join().isPresent()).as("%d", i).isEqualTo(i > 2);
            }
            assertThat(figures(store).evictions()).isEqualTo(3);
        }
        try (DiskStore store = DiskStore.open(new DiskSettings(folder, 4 * 4096, null), clock)) {
            assertThat(figures(store).entries())
                    .as("a smaller store evicts at its start")
                    .isEqualTo(4);
        }
        assertThat(files()).hasSize(4);
    }

    @Test
    void expired_entries_are_removed_at_a_start() {
        try (DiskStore store = open(false)) {
            store.put(key(1), reply(A, "x")).join();
        }
        clock.advance(Duration.ofHours(1));
        try (DiskStore store = open(false)) {
            assertThat(figures(store).expired()).isEqualTo(1);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void a_lifetime_cannot_be_stretched_by_renaming_a_file() throws IOException {
        try (DiskStore store = open(false)) {
            store.put(key(1), reply(A, "x")).join();
        }
        Path file = onlyFile();
        String name = file.getFileName().toString();
        Files.move(file, file.resolveSibling(name.substring(0, name.lastIndexOf('-')) + "-fffffffffffff"));
        clock.advance(Duration.ofHours(1));
        try (DiskStore store = open(false)) {
            assertThat(store.get(key(1), A).join()).isEmpty();
        }
    }

    @Test
    void a_folder_that_cannot_be_used_costs_nothing_but_a_counter_and_one_line() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "not a folder");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Complaint.class);
        logger.addAppender(log);
        try (DiskStore store = DiskStore.open(new DiskSettings(blocked, MAX_BYTES, null), clock)) {
            for (int i = 0; i < 5; i++) {
                assertThat(store.put(key(i), reply(A, "x")).join()).isFalse();
                assertThat(store.get(key(i), A).join()).isEmpty();
            }
            assertThat(figures(store).failures()).isEqualTo(6);
            assertThat(log.list).hasSize(1);

            Files.delete(blocked);
            assertThat(store.put(key(1), reply(A, "x")).join()).isTrue();
            assertThat(store.get(key(1), A).join()).isPresent();
            assertThat(log.list).hasSize(2);
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void a_write_that_fails_in_the_middle_leaves_nothing_behind() throws IOException {
        try (DiskStore store = open(false)) {
            Path inTheWay = folder.resolve("plain").resolve(key(1).hex().substring(0, 2));
            Files.writeString(inTheWay, "a file where a folder is wanted");

            assertThat(store.put(key(1), reply(A, "x")).join()).isFalse();
            assertThat(store.put(key(2), reply(A, "x")).join()).isTrue();
            assertThat(figures(store).failures()).isEqualTo(1);
            assertThat(figures(store).entries()).isEqualTo(1);
        }
    }

    @Test
    void a_second_gateway_in_the_same_folder_keeps_nothing_there() {
        try (DiskStore first = open(false);
                DiskStore second = open(false)) {
            assertThat(first.put(key(1), reply(A, "x")).join()).isTrue();
            assertThat(second.put(key(2), reply(A, "x")).join()).isFalse();
            assertThat(second.get(key(1), A).join()).isEmpty();
        }
    }

    @Test
    void a_closed_store_misses() {
        DiskStore store = open(false);
        store.put(key(1), reply(A, "x")).join();
        store.close();

        Optional<StoredReply> found = store.get(key(1), A).join();
        assertThat(found).isEmpty();
        assertThat(store.put(key(2), reply(A, "x")).join()).isFalse();
    }

    private DiskStore open(boolean encrypted) {
        return DiskStore.open(
                new DiskSettings(folder, MAX_BYTES, encrypted ? EncryptionKey.of(new byte[32]) : null), clock);
    }

    private StoredReply reply(Scope scope, String text) {
        return Replies.reply(clock.instant(), scope, text);
    }

    private static StoreFigures figures(DiskStore store) {
        return store.figures().getFirst();
    }

    private Path onlyFile() throws IOException {
        List<Path> files = files();
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    private Path newest() throws IOException {
        Path newest = null;
        for (Path file : files()) {
            boolean later =
                    newest == null || Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(newest)) > 0;
            newest = later ? file : newest;
        }
        return java.util.Objects.requireNonNull(newest);
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("cache.lock"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
