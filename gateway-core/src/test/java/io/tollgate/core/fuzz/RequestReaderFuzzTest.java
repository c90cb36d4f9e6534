package io.tollgate.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.JsonTree;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.dialect.gemini.GeminiDialect;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.dialect.openaicompletions.OpenAiCompletionsDialect;
import io.tollgate.core.dialect.openairesponses.OpenAiResponsesDialect;
import io.tollgate.core.dialect.tunnel.TunnelDialect;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.Members.Member;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.SplicedBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.StreamReadException;

/** A body is refused with a clear message, or read as a general parser reads it; then its edits change what they name. */
class RequestReaderFuzzTest {
    private static final int LONGEST_MESSAGE = 400;
    private static final long CAP = 77;
    private static final List<Dialect> DIALECTS = List.of(
            new OpenAiChatDialect(),
            new OpenAiCompletionsDialect(),
            new OpenAiResponsesDialect(),
            new AnthropicDialect(),
            new GeminiDialect(),
            new TunnelDialect(new OpenAiChatDialect(), true));

    @FuzzTest
    void a_body_is_refused_or_read_as_a_general_parser_reads_it(byte[] bytes) {
        for (Dialect dialect : DIALECTS) {
            RequestBody body = framed(bytes);
            RequestFacts facts = read(dialect, body);
            if (facts != null && facts.members().open() >= 0 && !hasHalfACharacterInAName(body)) {
                checkFacts(facts, body);
                checkEdits(dialect, facts, body);
            }
        }
    }

    /** Within a larger array, as the pool lends it. */
    private static RequestBody framed(byte[] bytes) {
        byte[] framed = new byte[bytes.length + 2];
        framed[0] = '{';
        framed[bytes.length + 1] = '}';
        System.arraycopy(bytes, 0, framed, 1, bytes.length);
        return new RequestBody(framed, 1, bytes.length);
    }

    private static @Nullable RequestFacts read(Dialect dialect, RequestBody body) {
        try {
            return dialect.read(endpoint(dialect), body);
        } catch (RefusedException e) {
            String message = e.refusal().message();
            assertThat(message).isNotBlank().hasSizeLessThan(LONGEST_MESSAGE);
            assertThat(message.chars().noneMatch(Character::isISOControl))
                    .as(message)
                    .isTrue();
            return null;
        }
    }

    private static Endpoint endpoint(Dialect dialect) {
        Operation operation = dialect instanceof TunnelDialect ? Operation.TUNNEL : Operation.GENERATE;
        return new Endpoint(dialect, operation, null, "/v1/x", null, false);
    }

    /** Which RFC 8259 lets pass and the general parser does not. */
    private static boolean hasHalfACharacterInAName(RequestBody body) {
        try {
            JsonTree.parse(new String(body.copy(), StandardCharsets.UTF_8));
            return false;
        } catch (StreamReadException e) {
            assertThat(e.getOriginalMessage()).contains("surrogate");
            return true;
        }
    }

    private static void checkFacts(RequestFacts facts, RequestBody body) {
        Map<?, ?> tree = object(body);
        assertThat(facts.members().list()).as("no name twice").hasSameSizeAs(tree.entrySet());
        for (Member member : facts.members().list()) {
            assertThat(JsonTree.parse(body.text(member.value()))).isEqualTo(tree.get(member.name()));
            assertThat(JsonTree.parse("{" + body.text(member.whole()) + "}"))
                    .isEqualTo(JsonTree.object(member.name(), tree.get(member.name())));
        }
        for (Turn turn : facts.turns()) {
            assertThat(JsonTree.parse(body.text(turn.span()))).isInstanceOf(Map.class);
            assertThat(turn.textBytes()).isBetween(0, facts.textBytes());
        }
        assertThat(facts.textBytes()).isBetween(0, body.length());
        assertThat(facts.answers()).isPositive();
    }

    private static void checkEdits(Dialect dialect, RequestFacts facts, RequestBody body) {
        List<BodyEdit> edits = new ArrayList<>(dialect.model(facts, "another \"model\""));
        edits.addAll(dialect.outputCap(facts, null, CAP));
        edits.addAll(dialect.askForUsage(facts));
        RequestBody edited = RequestBody.of(new SplicedBody(body, edits).toBytes());
        Map<?, ?> before = object(body);
        Map<?, ?> after = object(edited);
        before.forEach((name, value) -> {
            if (!EDITED.contains(name)) {
                assertThat(after.containsKey(name)).as("%s", name).isTrue();
                assertThat(after.get(name)).as("%s", name).isEqualTo(value);
            }
        });
        RequestFacts again = dialect.read(endpoint(dialect), edited);
        assertThat(again.textBytes()).isEqualTo(facts.textBytes());
        assertThat(again.turns()).hasSameSizeAs(facts.turns());
        assertThat(again.stream()).isEqualTo(facts.stream());
        if (!dialect.outputCap(facts, null, CAP).isEmpty()) {
            assertThat(again.outputCap()).isEqualTo(CAP);
        }
        if (!dialect.askForUsage(facts).isEmpty()) {
            assertThat(again.usageOption()).isEqualTo(RequestFacts.UsageOption.ASKED);
        }
    }

    private static final List<String> EDITED = List.of(
            "model",
            "max_tokens",
            "max_completion_tokens",
            "max_output_tokens",
            "generationConfig",
            "generation_config",
            "stream_options");

    private static Map<?, ?> object(RequestBody body) {
        Object tree = JsonTree.parse(new String(body.copy(), StandardCharsets.UTF_8));
        assertThat(tree).isInstanceOf(Map.class);
        return tree instanceof Map<?, ?> map ? map : Map.of();
    }
}
