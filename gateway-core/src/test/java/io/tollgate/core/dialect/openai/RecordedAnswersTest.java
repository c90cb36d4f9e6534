package io.tollgate.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replays recorded answers; what they say is worked out here a second time, from a tree. */
class RecordedAnswersTest {
    private static @Nullable Path folder;

    @BeforeAll
    static void find() {
        folder = Recorded.folder();
        assumeTrue(folder != null, "no folder shared/recorded beside the checkout: nothing to replay");
    }

    private static List<Recorded.Call> calls(String file) throws IOException {
        return Recorded.calls(Objects.requireNonNull(folder).resolve(file + ".jsonl"));
    }

    @ParameterizedTest
    @CsvSource({
        "openai__openai.chat, openai-chat",
        "azure__openai.chat, openai-chat",
        "groq__openai.chat, openai-chat",
        "deepseek__openai.chat, openai-chat",
        "mistral__openai.chat, openai-chat",
        "openrouter__openai.chat, openai-chat",
        "perplexity__openai.chat, openai-chat",
        "ollama__openai.chat, openai-chat",
        "together__openai.chat, openai-chat",
        "cerebras__openai.chat, openai-chat",
        "huggingface__openai.chat, openai-chat",
        "snowflake__openai.chat, openai-chat",
        "crusoe__openai.chat, openai-chat",
        "local__openai.chat, openai-chat",
        "bedrock-mantle__openai.chat, openai-chat",
        "openai__openai.responses, openai-responses",
        "azure__openai.responses, openai-responses",
        "openrouter__openai.responses, openai-responses",
        "deepseek__openai.responses, openai-responses",
        "xai__openai.responses, openai-responses",
        "bedrock-mantle__openai.responses, openai-responses",
        "openai__openai.responses.compact, openai-responses",
        "openai__openai.completions, openai-completions",
        "local__openai.completions, openai-completions",
        "writer__openai.completions, openai-completions",
        "openai__embeddings, openai-embeddings",
        "azure__embeddings, openai-embeddings",
        "openrouter__embeddings, openai-embeddings",
        "voyage__embeddings, openai-embeddings",
        "perplexity__embeddings, openai-embeddings"
    })
    void the_usage_read_is_what_the_body_says(String file, String name) throws Exception {
        for (Recorded.Call call : calls(file)) {
            byte[] answer = call.answer().getBytes(StandardCharsets.UTF_8);
            Object told = lastUsage(call.answer());
            int[] cuts = new Random(7).ints(5, 0, answer.length + 1).sorted().toArray();
            for (int[] pieces : new int[][] {{}, cuts}) {
                UsageReport report = Answers.read(
                        Answers.reader(Answers.dialect(name)), call.status(), answer, End.COMPLETE, pieces);
                String hint = call.file() + " " + call.id();
                if (told == null) {
                    assertThat(report.source()).as(hint).isNotEqualTo(UsageSource.PROVIDER);
                    assertThat(report.source() == UsageSource.NONE)
                            .as(hint)
                            .isEqualTo(call.status() >= 300 || call.answer().contains("\"queued\""));
                } else {
                    assertThat(report.source()).as(hint).isEqualTo(UsageSource.PROVIDER);
                    assertThat(report.usage().prompt()).as(hint).isEqualTo(prompt(told));
                    assertThat(report.usage().cacheRead()).as(hint).isEqualTo(Math.min(cached(told), prompt(told)));
                    assertThat(report.usage().output()).as(hint).isEqualTo(output(told));
                }
            }
        }
    }

    private static long prompt(Object usage) {
        long total = Tree.number(usage, "total_tokens");
        long prompt = Tree.number(usage, "prompt_tokens", "input_tokens");
        return prompt == 0 && output(usage) == 0 ? total : prompt;
    }

    private static long cached(Object usage) {
        return Tree.number(
                usage,
                "prompt_tokens_details.cached_tokens",
                "input_tokens_details.cached_tokens",
                "prompt_cache_hit_tokens",
                "num_cached_tokens",
                "cached_tokens");
    }

    private static long output(Object usage) {
        long output = Tree.number(usage, "completion_tokens", "output_tokens");
        long reasoning = Tree.number(usage, "completion_tokens_details.reasoning_tokens");
        long apart = Tree.number(usage, "total_tokens") - Tree.number(usage, "prompt_tokens") - output;
        return reasoning > 0 && apart == reasoning ? output + reasoning : output;
    }

    private static @Nullable Object lastUsage(String answer) {
        Object last = null;
        for (Object value : values(answer)) {
            for (String[] path : new String[][] {{"x_groq", "usage"}, {"response", "usage"}, {"usage"}}) {
                if (Tree.at(value, path) instanceof Map<?, ?> usage && !usage.isEmpty()) {
                    last = usage;
                }
            }
        }
        return last;
    }

    private static List<Object> values(String answer) {
        List<String> texts = new ArrayList<>();
        if (answer.stripLeading().startsWith("{")) {
            texts.add(answer);
        } else {
            answer.lines()
                    .filter(line -> line.startsWith("data:") && line.contains("{"))
                    .map(line -> line.substring(5))
                    .forEach(texts::add);
        }
        return texts.stream().map(Tree::parse).filter(Objects::nonNull).toList();
    }

    @Test
    void a_cost_the_provider_states_is_read_to_the_nano_dollar() throws Exception {
        int stated = 0;
        for (String file : List.of(
                "openrouter__openai.chat",
                "perplexity__openai.chat",
                "xai__openai.responses",
                "openrouter__openai.responses",
                "azure__openai.chat")) {
            for (Recorded.Call call : calls(file)) {
                Object usage = lastUsage(call.answer());
                Object cost = Tree.at(usage, "cost");
                Object total = cost instanceof Map<?, ?> ? Tree.at(cost, "total_cost") : cost;
                Object ticks = Tree.at(usage, "cost_in_usd_ticks");
                long expected = -1;
                if (total instanceof java.math.BigDecimal usd) {
                    boolean own = Boolean.TRUE.equals(Tree.at(usage, "is_byok"));
                    Object upstream = own ? Tree.at(usage, "cost_details", "upstream_inference_cost") : null;
                    java.math.BigDecimal all = upstream instanceof java.math.BigDecimal more ? usd.add(more) : usd;
                    expected = Math.round(all.doubleValue() * 1e9);
                } else if (ticks instanceof java.math.BigDecimal number) {
                    expected = Math.round(number.longValueExact() / 10.0);
                }
                boolean chat = file.endsWith("chat");
                UsageReport report = Answers.read(
                        Answers.reader(Answers.dialect(chat ? "openai-chat" : "openai-responses")),
                        call.status(),
                        call.answer().getBytes(StandardCharsets.UTF_8),
                        End.COMPLETE);
                assertThat(report.statedCostNanos()).as(call.id()).isEqualTo(expected);
                stated += expected < 0 ? 0 : 1;
            }
        }
        assertThat(stated).isGreaterThan(30);
    }

    @ParameterizedTest
    @CsvSource({
        "ollama__ollama.chat, prompt_eval_count, eval_count",
        "bedrock__bedrock.converse, usage.inputTokens, usage.outputTokens",
        "cohere__cohere.chat, billed_units.input_tokens, billed_units.output_tokens",
        "gemini__gemini.batchEmbedContents, usageMetadata.promptTokenCount, -"
    })
    void a_tunnel_finds_the_usage_of_hosts_no_dialect_knows(String file, String input, String output) throws Exception {
        Dialect tunnel = Answers.dialect("tunnel");
        int metered = 0;
        for (Recorded.Call call : calls(file)) {
            UsageReport report = Answers.read(
                    Answers.reader(tunnel),
                    call.status(),
                    call.answer().getBytes(StandardCharsets.UTF_8),
                    End.COMPLETE);
            Object last = null;
            for (String line : call.answer().lines().toList()) {
                String json = line.startsWith("data:") ? line.substring(5).strip() : line.strip();
                Object value = json.startsWith("{") && json.endsWith("}") ? Tree.parse(json) : null;
                for (String[] path :
                        new String[][] {{}, {"usage"}, {"meta"}, {"delta", "usage"}, {"response", "meta"}}) {
                    Object holder = Tree.at(value, path);
                    last = Tree.at(holder, input.split("\\.")) == null ? last : holder;
                }
            }
            boolean wholeLines = !call.answer().startsWith("{\n");
            if (last != null && wholeLines) {
                assertThat(report.source()).as(call.id()).isEqualTo(UsageSource.PROVIDER);
                assertThat(report.usage().input()).as(call.id()).isEqualTo(Tree.number(last, input));
                assertThat(report.usage().output()).as(call.id()).isEqualTo(Tree.number(last, output));
                metered++;
            }
        }
        assertThat(metered).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "openai__openai.chat, openai-chat, messages", "azure__openai.chat, openai-chat, messages",
        "openai__openai.responses, openai-responses, input", "mistral__openai.chat, openai-chat, messages",
        "groq__openai.chat, openai-chat, messages", "openai__openai.completions, openai-completions, -"
    })
    void a_recorded_request_is_read_as_a_tree_reads_it(String file, String name, String turns) throws Exception {
        Dialect dialect = Answers.dialect(name);
        for (Recorded.Call call : calls(file)) {
            if (!call.method().equals("POST")) {
                continue;
            }
            RequestBody body = RequestBody.of(call.request().getBytes(StandardCharsets.UTF_8));
            RequestFacts facts =
                    dialect.read(new Endpoint(dialect, Operation.GENERATE, null, call.path(), null, false), body);
            Object tree = Tree.parse(call.request());
            Object list = Tree.at(tree, turns);
            assertThat(facts.model()).as(call.id()).isEqualTo(Tree.at(tree, "model"));
            assertThat(facts.stream()).as(call.id()).isEqualTo(Boolean.TRUE.equals(Tree.at(tree, "stream")));
            assertThat(facts.turns()).as(call.id()).hasSize(list instanceof List<?> all ? all.size() : 0);
            assertThat(facts.tools())
                    .as(call.id())
                    .isEqualTo(Tree.at(tree, "tools") instanceof List<?> t ? t.size() : 0);
            for (RequestFacts.Turn turn : facts.turns()) {
                assertThat(Tree.parse(body.text(turn.span()))).as(call.id()).isIn((List<?>)
                        Objects.requireNonNull(list));
            }
        }
    }
}
