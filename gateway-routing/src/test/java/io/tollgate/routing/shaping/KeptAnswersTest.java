package io.tollgate.routing.shaping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.SplicedBody;
import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.core.json.Token;
import io.tollgate.core.text.JsonString;
import io.tollgate.routing.shaping.text.Strategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Questions with twenty documents each, beside some checkouts: is an answer still in what is left? Every eighth one. */
class KeptAnswersTest {
    private static final String QUESTIONS = "shared/eval/context_nq20_questions.jsonl.gz";
    private static final String DOCUMENTS = "shared/eval/context_nq20_docs.jsonl.gz";

    private static @Nullable Path found(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(name))) {
                return at.resolve(name);
            }
        }
        return null;
    }

    /** The strings and numbers of each line, by member; a list's one behind the other. */
    private static List<Map<String, List<String>>> lines(Path file) throws IOException {
        List<Map<String, List<String>>> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonTokenizer json = new JsonTokenizer(RequestBody.of(line.getBytes(StandardCharsets.UTF_8)));
                Map<String, List<String>> members = new HashMap<>();
                String name = "";
                for (json.next(); json.token() != null; json.next()) {
                    if (json.is(Token.NAME)) {
                        name = json.name();
                    } else if (json.is(Token.STRING) || json.is(Token.WHOLE)) {
                        members.computeIfAbsent(name, first -> new ArrayList<>())
                                .add(json.text());
                    }
                }
                lines.add(members);
            }
        }
        return lines;
    }

    private static List<String> of(Map<String, List<String>> line, String name) {
        return line.getOrDefault(name, List.of());
    }

    private static String prompt(Map<String, List<String>> question, List<Map<String, List<String>>> documents) {
        StringBuilder prompt = new StringBuilder("Answer the question from these search results.\n\n");
        int number = 1;
        for (String row : of(question, "doc_rows")) {
            Map<String, List<String>> document = documents.get(Integer.parseInt(row));
            prompt.append("Document [").append(number++).append("](Title: ");
            prompt.append(of(document, "title").getFirst()).append(") ");
            prompt.append(of(document, "text").getFirst()).append('\n');
        }
        return prompt.append("\nQuestion: ")
                .append(of(question, "question").getFirst())
                .toString();
    }

    @Test
    void most_answers_are_still_there_at_a_quarter_and_at_an_eighth() throws IOException {
        Path questions = found(QUESTIONS);
        Path texts = found(DOCUMENTS);
        assumeThat(questions != null && texts != null)
                .as("skipped: no " + QUESTIONS + " beside the checkout")
                .isTrue();
        if (questions == null || texts == null) {
            return;
        }
        List<Map<String, List<String>>> documents = lines(texts);
        List<Map<String, List<String>>> asked = lines(questions);
        int all = 0;
        int[] kept = new int[2];
        for (int i = 0; i < asked.size(); i += 8) {
            String prompt = prompt(asked.get(i), documents);
            Request request = Request.of(
                    "openai-chat", "{\"messages\":[{\"role\":\"user\",\"content\":" + JsonString.quote(prompt) + "}]}");
            all++;
            for (int part = 0; part < kept.length; part++) {
                int bytes = request.facts().textBytes();
                RequestBody left = RequestBody.of(new SplicedBody(
                                request.body(),
                                Truncation.edits(
                                        request.facts(),
                                        request.body(),
                                        bytes - bytes / (4 << part),
                                        Strategy.RELEVANT))
                        .toBytes());
                String text = left.text(Request.of("openai-chat", new String(left.array(), StandardCharsets.UTF_8))
                                .facts()
                                .turns()
                                .getFirst()
                                .span())
                        .replaceFirst("Question: .*", "");
                kept[part] += of(asked.get(i), "answers").stream()
                                .map(JsonString::quote)
                                .map(quoted -> quoted.substring(1, quoted.length() - 1))
                                .anyMatch(text::contains)
                        ? 1
                        : 0;
            }
        }
        System.out.printf(
                "answers kept of %d: %.1f %% at a quarter, %.1f %% at an eighth%n",
                all, 100.0 * kept[0] / all, 100.0 * kept[1] / all);
        assertThat(kept[0]).isGreaterThanOrEqualTo(all * 92 / 100);
        assertThat(kept[1]).isGreaterThanOrEqualTo(all * 86 / 100);
    }
}
