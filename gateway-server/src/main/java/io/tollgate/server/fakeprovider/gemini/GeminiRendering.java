package io.tollgate.server.fakeprovider.gemini;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Draft;
import io.tollgate.server.fakeprovider.answer.Events;
import io.tollgate.server.fakeprovider.answer.ToolCall;
import io.tollgate.server.fakeprovider.answer.UsageMode;
import io.tollgate.server.fakeprovider.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts drafts into the form of generateContent: whole, as events with CRLF, or as a JSON array that grows. */
record GeminiRendering(String id, String model, List<Draft> drafts, GeminiUsage usage, UsageMode usageMode) {
    private static final int TOKENS_PER_CHUNK = 8;

    Object whole() {
        List<Object> candidates = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            candidates.add(candidate(i, part(draft, draft.text()), finish(draft)));
        }
        return answer(candidates, candidateTokens());
    }

    Answer stream(boolean sse) {
        Events events = new Events();
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            int index = i;
            int chunks = Math.max(1, Math.ceilDiv(draft.pieces().size(), TOKENS_PER_CHUNK));
            boolean last = i == drafts.size() - 1;
            events.addRun(chunks, chunk -> render(sse, draft, index, chunk, chunks, last));
        }
        if (!sse) {
            return new Answer(
                    200,
                    "application/json; charset=UTF-8",
                    List.of(),
                    events,
                    true,
                    "]".getBytes(StandardCharsets.UTF_8));
        }
        String broken = JsonText.text(object(
                "error",
                object(
                        "code",
                        503,
                        "message",
                        "The model is overloaded. Please try again later.",
                        "status",
                        "UNAVAILABLE")));
        return Answer.stream(events, "data: " + broken + "\r\n\r\n").withContentType("text/event-stream");
    }

    private byte[] render(boolean sse, Draft draft, int index, int chunk, int chunks, boolean lastDraft) {
        List<String> pieces = draft.pieces();
        int from = chunk * TOKENS_PER_CHUNK;
        int to = Math.min(pieces.size(), from + TOKENS_PER_CHUNK);
        boolean lastChunk = chunk == chunks - 1;
        Object candidate = candidate(
                index, part(draft, String.join("", pieces.subList(from, to))), lastChunk ? finish(draft) : null);
        boolean end = lastChunk && lastDraft;
        String json = JsonText.text(answer(List.of(candidate), end ? candidateTokens() : zeroOr(to)));
        String text = sse
                ? "data: " + json + "\r\n\r\n"
                : (index == 0 && chunk == 0 ? "[" : ",\r\n") + json + (end ? "]" : "");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Object answer(List<?> candidates, int candidateTokens) {
        Map<String, @Nullable Object> answer = object("candidates", candidates);
        if (usageMode != UsageMode.NEVER) {
            answer.put("usageMetadata", usage.with(candidateTokens));
        }
        answer.put("modelVersion", model);
        answer.put("responseId", id);
        return answer;
    }

    private static Object part(Draft draft, String text) {
        ToolCall call = draft.call();
        return call == null
                ? object("text", text)
                : object("functionCall", object("name", call.name(), "args", call.arguments()));
    }

    private static Object candidate(int index, Object part, @Nullable String finish) {
        Map<String, @Nullable Object> candidate = object("content", object("parts", List.of(part), "role", "model"));
        if (finish != null) {
            candidate.put("finishReason", finish);
        }
        candidate.put("index", index);
        return candidate;
    }

    private int candidateTokens() {
        return zeroOr(drafts.stream()
                .mapToInt(draft -> draft.outputTokens() - draft.reasoningTokens())
                .sum());
    }

    private int zeroOr(int tokens) {
        return usageMode == UsageMode.ZERO ? 0 : tokens;
    }

    private static String finish(Draft draft) {
        return draft.end() == Draft.End.LENGTH ? "MAX_TOKENS" : "STOP";
    }
}
