package io.tollgate.routing.complexity.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleReaderTest {
    private static List<Example> read(String text) throws IOException, TrainingException {
        ExampleReader reader = new ExampleReader("small", "large");
        reader.read(new ByteArrayInputStream(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), "f.jsonl");
        return reader.examples();
    }

    @Test
    void a_line_tells_qualities_or_scores_by_model_or_a_label() throws Exception {
        List<Example> examples = read("""
                {'prompt':'a','weak':0.25,'strong':1,'task':'t'}

                {'prompt':'b','weak_correct':false,'strong_correct':true,'other':[1,{}]}
                {'prompt':'c','scores':{'small':0.5,'large':0.75,'middle':0.6}}
                {'prompt':'d','label':'simple'}
                {'prompt':'e','label':'complex'}""");
        assertThat(examples)
                .extracting(Example::prompt, Example::weak, Example::strong)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", 0.25, 1.0),
                        org.assertj.core.groups.Tuple.tuple("b", 0.0, 1.0),
                        org.assertj.core.groups.Tuple.tuple("c", 0.5, 0.75),
                        org.assertj.core.groups.Tuple.tuple("d", 1.0, 1.0),
                        org.assertj.core.groups.Tuple.tuple("e", 0.0, 1.0));
        assertThat(examples.getFirst().group()).isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'prompt':'a'} | has no weak",
                "{'prompt':'a','weak':1} | has no strong",
                "{'weak':1,'strong':1} | has no prompt",
                "{'prompt':1} | 'prompt' is no string",
                "{'prompt':'a','weak':2,'strong':1} | 'weak' is 2; expected a quality from 0 to 1",
                "{'prompt':'a','weak':'x','strong':1} | 'weak' is x; expected a quality from 0 to 1",
                "{'prompt':'a','label':'hard'} | label 'hard' is unknown; expected simple or complex",
                "{'prompt':'a','prompt':'b'} | has 'prompt' twice",
                "{'prompt':'a','label':'simple'} {} | goes on behind its JSON object",
                "[1] | is not a JSON object",
                "{'prompt' | is not valid JSON",
                "{'prompt':'a','scores':{'small':1}} | has no score of large",
                "{'prompt':'a','scores':3} | 'scores' is no object"
            })
    void a_bad_line_is_named_with_its_number_and_what_was_expected(String line, String problem) {
        String quoted = problem.replaceAll("^\\s+|\\s+$", "");
        assertThatThrownBy(() -> read("{'prompt':'fine','label':'simple'}\n\n" + line + "\n"))
                .isInstanceOf(TrainingException.class)
                .hasMessageStartingWith("f.jsonl line 3: ")
                .hasMessageContaining(quoted);
    }
}
