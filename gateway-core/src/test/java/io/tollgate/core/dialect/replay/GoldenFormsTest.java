package io.tollgate.core.dialect.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.JsonTree;
import io.tollgate.core.dialect.replay.form.StreamForm;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden folders: {@code told/} holds plain answers and the streams made of them, {@code heard/} streams as providers
 * send them and the plain answers made of these. A file's name begins with its dialect.
 */
class GoldenFormsTest {
    static Stream<Path> told() throws Exception {
        return cases("told");
    }

    static Stream<Path> heard() throws Exception {
        return cases("heard");
    }

    private static Stream<Path> cases(String folder) throws Exception {
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    private static Path folder(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(GoldenFormsTest.class.getResource(name)).toURI());
    }

    @ParameterizedTest
    @MethodSource("told")
    void a_plain_answer_is_told_exactly_like_this_and_is_itself_again_when_put_together(Path plain) throws Exception {
        ReplyForms forms = forms(plain);
        byte[] expected = Files.readAllBytes(stream(plain));

        assertThat(text(forms.asStream(Files.readAllBytes(plain), StreamForm.EVENTS_WITH_USAGE)))
                .isEqualTo(text(expected));
        assertThat(tree(forms.asPlain(expected))).isEqualTo(tree(Files.readAllBytes(plain)));
    }

    @ParameterizedTest
    @MethodSource("heard")
    void a_stream_is_put_together_to_this(Path plain) throws Exception {
        byte[] stream = Files.readAllBytes(stream(plain));

        assertThat(tree(forms(plain).asPlain(stream))).isEqualTo(tree(Files.readAllBytes(plain)));
    }

    @ParameterizedTest
    @MethodSource("heard")
    void what_was_put_together_can_be_told_again_and_tells_the_same(Path plain) throws Exception {
        String dialect = dialect(plain);
        byte[] again = forms(plain).asStream(Files.readAllBytes(plain), StreamForm.EVENTS_WITH_USAGE);

        assertThat(Told.stream(dialect, text(again)))
                .isEqualTo(Told.stream(dialect, text(Files.readAllBytes(stream(plain)))));
    }

    private static Path stream(Path plain) {
        return plain.resolveSibling(plain.getFileName().toString().replace(".json", ".stream"));
    }

    private static String dialect(Path plain) {
        return plain.getFileName().toString().split("--")[0];
    }

    private static ReplyForms forms(Path plain) {
        return Objects.requireNonNull(ReplyForms.of(dialect(plain)));
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
    }

    private static @Nullable Object tree(byte @Nullable [] bytes) {
        return JsonTree.parse(text(bytes));
    }
}
