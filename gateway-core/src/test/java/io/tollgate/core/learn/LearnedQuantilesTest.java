package io.tollgate.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedQuantilesTest {
    private static final Group FINEST = new Group("checkout", "gpt-4o", "classify");

    @TempDir
    Path folder;

    private final LearnedQuantiles learned = new LearnedQuantiles(20, 0.95);

    private void see(Group group, long value, int times) {
        for (int i = 0; i < times; i++) {
            learned.record(group, value);
        }
    }

    private long known(Group group) {
        return Objects.requireNonNull(learned.find(group)).value(0);
    }

    @Test
    void the_finest_group_that_has_seen_enough_is_asked() {
        assertThat(learned.find(FINEST)).isNull();
        see(new Group("other", "gpt-4o", "reason"), 12, 20);
        assertThat(known(FINEST)).as("the model").isEqualTo(12);
        see(new Group("checkout", "gpt-4o", "extract"), 7, 20);
        assertThat(known(FINEST)).as("key and model").isEqualTo(7);
        see(FINEST, 3, 19);
        assertThat(known(FINEST)).as("nineteen are not enough").isEqualTo(7);
        see(FINEST, 3, 1);
        assertThat(known(FINEST)).as("key, model and task").isEqualTo(3);
        assertThat(learned.find(new Group("checkout", "another-model", "classify")))
                .isNull();
    }

    @Test
    void a_call_without_key_and_task_counts_once_for_its_model() {
        see(new Group("", "m", ""), 5, 20);
        assertThat(Objects.requireNonNull(learned.find(new Group("", "m", ""))).samples())
                .isEqualTo(20);
    }

    @Test
    void names_made_up_by_callers_do_not_fill_the_memory_and_idle_groups_make_room() {
        for (int i = 0; i < 3 * LearnedQuantiles.MOST_GROUPS; i++) {
            learned.record(new Group("key", "model", "task-" + i), 1);
        }
        assertThat(learned.groups()).isEqualTo(LearnedQuantiles.MOST_GROUPS);
        assertThat(learned.find(new Group("key", "model", "task-new"))).isNotNull();
        learned.makeRoom();
        see(FINEST, 3, 20);
        learned.makeRoom();
        assertThat(known(FINEST)).isEqualTo(3);
        assertThat(learned.groups()).isLessThan(LearnedQuantiles.MOST_GROUPS / 2);
    }

    @Test
    void what_was_learned_is_known_after_a_restart() throws IOException {
        see(FINEST, 640, 30);
        LearnedFile file = new LearnedFile(folder.resolve("learned.bin"));
        file.write(List.of(learned));
        file.write(List.of(learned));
        LearnedQuantiles again = new LearnedQuantiles(20, 0.95);
        assertThat(file.read(List.of(again))).isTrue();
        assertThat(Objects.requireNonNull(again.find(FINEST)).value(0)).isEqualTo(known(FINEST));
        assertThat(Objects.requireNonNull(again.find(FINEST)).samples()).isEqualTo(30);
        try (var files = Files.list(folder)) {
            assertThat(files).as("no draft is left").hasSize(1);
        }
    }

    @Test
    void factors_are_kept_beside_and_a_file_from_before_them_still_tells_what_was_learned() throws IOException {
        see(FINEST, 640, 30);
        Path path = folder.resolve("learned.bin");
        LearnedFile file = new LearnedFile(path);
        file.write(List.of(learned), Map.of(FINEST, 1.5));
        Map<Group, Double> factors = new HashMap<>();
        assertThat(file.read(List.of(new LearnedQuantiles(20, 0.95)), factors::put))
                .isTrue();
        assertThat(factors).containsExactly(Map.entry(FINEST, 1.5));
        file.write(List.of(learned));
        byte[] second = Files.readAllBytes(path);
        byte[] first = Arrays.copyOf(second, second.length - Integer.BYTES); // without the number of factors, 0
        first[7] = 1;
        Files.write(path, first);
        factors.clear();
        LearnedQuantiles again = new LearnedQuantiles(20, 0.95);
        assertThat(file.read(List.of(again), factors::put)).isTrue();
        assertThat(Objects.requireNonNull(again.find(FINEST)).value(0)).isEqualTo(known(FINEST));
        assertThat(factors).isEmpty();
        first[7] = 3;
        Files.write(path, first);
        assertThatThrownBy(() -> file.read(List.of(again))).hasMessageContaining("of version 2");
    }

    @Test
    void a_file_of_another_kind_or_cut_short_is_refused_and_nothing_is_learned_from_it() throws IOException {
        Path path = folder.resolve("learned.bin");
        LearnedFile file = new LearnedFile(path);
        assertThat(file.read(List.of(learned))).as("no file").isFalse();
        Files.writeString(path, "something else entirely");
        assertThatThrownBy(() -> file.read(List.of(learned)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("learned.bin");
        see(FINEST, 9, 30);
        file.write(List.of(learned));
        byte[] whole = Files.readAllBytes(path);
        LearnedQuantiles fresh = new LearnedQuantiles(20, 0.95);
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(path, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> file.read(List.of(fresh))).isInstanceOf(IOException.class);
        }
        assertThat(fresh.groups()).isZero();
    }
}
