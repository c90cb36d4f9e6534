package io.tollgate.core.dialect.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tollgate.core.dialect.JsonTree;
import io.tollgate.core.dialect.Mutations;
import io.tollgate.core.dialect.replay.form.StreamForm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Broken answers are not converted, or to something whole; they never crash a conversion. */
class FormsFuzzTest {
    private static final int ROUNDS = 300;
    private static final long SEED = 20_261_122;

    @Test
    void a_damaged_answer_is_a_miss_or_becomes_a_whole_answer() throws Exception {
        List<Path> files = new ArrayList<>(GoldenFormsTest.told().toList());
        files.addAll(GoldenFormsTest.heard().toList());
        int converted = 0;
        int missed = 0;
        for (Path file : files) {
            String dialect = file.getFileName().toString().split("--")[0];
            ReplyForms forms = Objects.requireNonNull(ReplyForms.of(dialect));
            byte[] plain = Files.readAllBytes(file);
            byte[] stream = Files.readAllBytes(
                    file.resolveSibling(file.getFileName().toString().replace(".json", ".stream")));
            for (int round = 0; round < ROUNDS; round++) {
                long seed = SEED + round;
                byte[] asStream = convert(
                        seed, dialect, () -> forms.asStream(damaged(plain, seed), StreamForm.EVENTS_WITH_USAGE));
                byte[] asPlain = convert(seed, dialect, () -> forms.asPlain(damaged(stream, seed)));
                if (asStream != null) {
                    assertThat(Told.events(text(asStream))).as("seed %d", seed).isNotEmpty();
                }
                if (asPlain != null) {
                    assertThat(JsonTree.parse(text(asPlain)))
                            .as("seed %d", seed)
                            .isNotNull();
                }
                converted += (asStream == null ? 0 : 1) + (asPlain == null ? 0 : 1);
                missed += (asStream == null ? 1 : 0) + (asPlain == null ? 1 : 0);
            }
        }
        assertThat(converted).isPositive();
        assertThat(missed).isPositive();
    }

    @Test
    void a_stream_that_ends_early_is_a_miss() throws Exception {
        for (Path file : GoldenFormsTest.told().toList()) {
            String dialect = file.getFileName().toString().split("--")[0];
            ReplyForms forms = Objects.requireNonNull(ReplyForms.of(dialect));
            byte[] stream = Files.readAllBytes(
                    file.resolveSibling(file.getFileName().toString().replace(".json", ".stream")));
            String whole = text(stream).stripTrailing();
            int lastEvent = whole.replace("data: [DONE]", "").stripTrailing().lastIndexOf("data: ");
            for (int end = 0; end <= lastEvent; end++) {
                byte[] cut = Arrays.copyOf(stream, end);
                assertThat(convert(end, dialect, () -> forms.asPlain(cut)))
                        .as("%s cut at %d", file, end)
                        .isNull();
            }
        }
    }

    private static byte[] damaged(byte[] original, long seed) {
        return Mutations.of(original, new Random(seed));
    }

    private static byte @Nullable [] convert(long seed, String dialect, Conversion conversion) {
        try {
            return conversion.get();
        } catch (RuntimeException e) {
            return fail(dialect + " with seed " + seed, e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @FunctionalInterface
    private interface Conversion {
        byte @Nullable [] get();
    }
}
