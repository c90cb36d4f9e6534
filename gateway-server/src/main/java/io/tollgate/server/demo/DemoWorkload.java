package io.tollgate.server.demo;

import static io.tollgate.core.text.JsonString.quote;

import io.tollgate.core.dialect.Family;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A few seconds in the life of a company with four teams, three providers and five dialects. */
final class DemoWorkload {
    /** A prompt with these words is refused by the simulated provider. */
    static final String OVERLOADING = "right after the provider went down";

    /** Long enough, some 1,500 tokens, for providers to cache it. */
    private static final String HANDBOOK = IntStream.rangeClosed(1, 90)
            .mapToObj(i -> "Rule " + i + ": answer politely, name your sources and never promise a refund. ")
            .collect(Collectors.joining());

    private DemoWorkload() {}

    /** THE LIST, as it is shown. */
    static List<DemoScene> scenes() {
        return List.of(
                chat("support", "classify", "gpt-4o-mini", 24, false, "Is ticket %d a bug? Answer in 3 words."),
                chat("support", "faq", "gpt-4o", 12, true, "How do I %d? Answer in 60 words.")
                        .repeating(3),
                messages("support", "answer", "claude-sonnet-4-5", 6, "Help the customer of ticket %d."),
                embeddings("search", "index", "text-embedding-3-small", 8),
                gemini("search", "rewrite", "gemini-2.5-flash-lite", 6, false, "Rewrite query %d in 12 words."),
                gemini("search", "answer", "gemini-2.5-flash", 4, true, "Answer query %d in 60 words."),
                responses("checkout", "fraud-check", "gpt-5-mini", 4, "Does order %d look like fraud?"),
                chat("checkout", "classify", "gpt-4o", 8, false, "Is message %d a complaint? Answer yes or no."),
                chat("checkout", "assistant", "gpt-4o", 5, true, "Where is order %d? Answer in 40 words."),
                onGroq("research", "summarize", "llama-3.3-70b-versatile", 4, "Summarise paper %d in 80 words."),
                chat("research", "report", "gpt-4o", 1, true, "Write report %d in 900 words.")
                        .leaving(),
                chat("checkout", "assistant", "gpt-4o", 1, false, "Where is order %d, asked " + OVERLOADING + "?"));
    }

    private static DemoScene chat(
            String team, String feature, String model, int times, boolean stream, String question) {
        return new DemoScene(
                team,
                feature,
                model,
                "OpenAI chat" + (stream ? ", streamed" : ""),
                Family.OPENAI,
                "/v1/chat/completions",
                times,
                false,
                n -> "{\"model\":%s,\"stream\":%b,\"messages\":[{\"role\":\"user\",\"content\":%s}]}"
                        .formatted(quote(model), stream, quote(question.formatted(n))));
    }

    /** The prefix of the path names the provider. */
    private static DemoScene onGroq(String team, String feature, String model, int times, String question) {
        DemoScene chat = chat(team, feature, model, times, true, question);
        return new DemoScene(
                team,
                feature,
                model,
                "Groq by path, streamed",
                Family.OPENAI,
                "/groq" + chat.path(),
                times,
                false,
                chat.body());
    }

    private static DemoScene responses(String team, String feature, String model, int times, String question) {
        return new DemoScene(
                team,
                feature,
                model,
                "OpenAI responses, reasoning",
                Family.OPENAI,
                "/v1/responses",
                times,
                false,
                n -> "{\"model\":%s,\"input\":%s}".formatted(quote(model), quote(question.formatted(n))));
    }

    private static DemoScene embeddings(String team, String feature, String model, int times) {
        return new DemoScene(
                team,
                feature,
                model,
                "OpenAI embeddings",
                Family.OPENAI,
                "/v1/embeddings",
                times,
                false,
                n -> "{\"model\":%s,\"input\":%s}".formatted(quote(model), quote("Document " + n + " of the index")));
    }

    private static DemoScene messages(String team, String feature, String model, int times, String question) {
        return new DemoScene(
                team,
                feature,
                model,
                "Anthropic, streamed, cached prompt",
                Family.ANTHROPIC,
                "/v1/messages",
                times,
                false,
                n -> """
                        {"model":%s,"max_tokens":1024,"stream":true,
                         "system":[{"type":"text","text":%s,"cache_control":{"type":"ephemeral"}}],
                         "messages":[{"role":"user","content":%s}]}
                        """.formatted(quote(model), quote(HANDBOOK), quote(question.formatted(n))));
    }

    private static DemoScene gemini(
            String team, String feature, String model, int times, boolean stream, String question) {
        return new DemoScene(
                team,
                feature,
                model,
                "Gemini" + (stream ? ", streamed" : ""),
                Family.GEMINI,
                "/v1beta/models/" + model + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent"),
                times,
                false,
                n -> "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":%s}]}]}"
                        .formatted(quote(question.formatted(n))));
    }
}
