package io.tollgate.server.fakeprovider.routing;

import io.tollgate.core.dialect.Family;
import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Answerer;
import io.tollgate.server.fakeprovider.answer.House;
import io.tollgate.server.fakeprovider.answer.Question;
import io.tollgate.server.fakeprovider.answer.Wish;
import io.tollgate.server.fakeprovider.anthropic.AnthropicErrors;
import io.tollgate.server.fakeprovider.anthropic.AnthropicModels;
import io.tollgate.server.fakeprovider.anthropic.MessagesAnswerer;
import io.tollgate.server.fakeprovider.gemini.GeminiAnswerer;
import io.tollgate.server.fakeprovider.gemini.GeminiErrors;
import io.tollgate.server.fakeprovider.gemini.GeminiModels;
import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonTree;
import io.tollgate.server.fakeprovider.openai.ChatAnswerer;
import io.tollgate.server.fakeprovider.openai.CompletionsAnswerer;
import io.tollgate.server.fakeprovider.openai.EmbeddingsAnswerer;
import io.tollgate.server.fakeprovider.openai.OpenAiErrors;
import io.tollgate.server.fakeprovider.openai.OpenAiModels;
import io.tollgate.server.fakeprovider.openai.OtherAnswerer;
import io.tollgate.server.fakeprovider.openai.ResponsesAnswerer;
import io.tollgate.server.fakeprovider.openai.StoredResponses;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import org.jspecify.annotations.Nullable;

/** Finds who answers a request, by its path's end, so that any provider's prefix before it is fine. Any thread. */
public final class Router {
    private final House house;
    private final boolean asksCredential;
    private final Answerer chat = new ChatAnswerer();
    private final StoredResponses storedResponses = new StoredResponses();
    private final Answerer responses = new ResponsesAnswerer(storedResponses);
    private final Answerer completions = new CompletionsAnswerer();
    private final Answerer embeddings = new EmbeddingsAnswerer();
    private final Answerer messages = new MessagesAnswerer();
    private final Answerer gemini = new GeminiAnswerer();
    private final Answerer others = new OtherAnswerer();

    /** A router whose answers share a house; {@code asksCredential} refuses requests without one. */
    public Router(House house, boolean asksCredential) {
        this.house = house;
        this.asksCredential = asksCredential;
    }

    /** The answer, with its provider's headers. */
    public Answer answer(ReceivedRequest request, Wish wish) {
        String path = request.path();
        Family family = family(request, path);
        Answer answer = bare(request, wish, family, path);
        return ProviderHeaders.add(answer, family, house, path.contains("/openai/deployments/"));
    }

    private Answer bare(ReceivedRequest request, Wish wish, Family family, String path) {
        if (request.method().equals("HEAD")) {
            return Answer.plain(200, "application/json", new byte[0]);
        }
        if (asksCredential && !hasCredential(request)) {
            return error(family, 401, null);
        }
        if (wish.status() >= 400) {
            return error(family, wish.status(), wish.message());
        }
        Answerer answerer = request.method().equals("POST") ? answerer(family, path) : null;
        if (answerer == null) {
            return other(new Question(request, request.json(), wish, house), family, path);
        }
        JsonObject body = JsonTree.read(request.body());
        return body == null
                ? error(family, 400, "We could not parse the JSON body of your request.")
                : answerer.answer(new Question(request, body, wish, house));
    }

    private Answer other(Question question, Family family, String path) {
        if (!question.request().method().equals("GET")) {
            return others.answer(question);
        }
        if (path.endsWith("/models")) {
            return switch (family) {
                case OPENAI -> OpenAiModels.list(question);
                case ANTHROPIC -> AnthropicModels.list(question);
                case GEMINI -> GeminiModels.list(question);
            };
        }
        String id = path.substring(path.lastIndexOf('/') + 1);
        if (path.endsWith("/responses/" + id)) {
            return storedResponses.fetch(id);
        }
        return family == Family.OPENAI && path.endsWith("/models/" + id)
                ? OpenAiModels.one(id)
                : others.answer(question);
    }

    /** Who answers a POST in a dialect; null for all other paths. */
    private @Nullable Answerer answerer(Family family, String path) {
        if (GeminiAnswerer.speaks(path)) {
            return gemini;
        }
        if (path.endsWith("/messages") || path.endsWith("/messages/count_tokens")) {
            return family == Family.ANTHROPIC ? messages : null;
        }
        if (path.endsWith("/chat/completions")) {
            return chat;
        }
        if (path.endsWith("/responses")) {
            return responses;
        }
        if (path.endsWith("/completions")) {
            return completions;
        }
        return path.endsWith("/embeddings") ? embeddings : null;
    }

    private static Family family(ReceivedRequest request, String path) {
        if (path.endsWith("/v1/messages")
                || path.endsWith("/messages/count_tokens")
                || request.header("anthropic-version") != null) {
            return Family.ANTHROPIC;
        }
        return GeminiAnswerer.speaks(path) || (path.contains("/v1beta/") && !path.contains("/openai/"))
                ? Family.GEMINI
                : Family.OPENAI;
    }

    private static boolean hasCredential(ReceivedRequest request) {
        String bearer = request.header("authorization");
        return (bearer != null && bearer.startsWith("Bearer ") && bearer.length() > 7)
                || request.header("x-api-key") != null
                || request.header("api-key") != null
                || request.header("x-goog-api-key") != null
                || request.query("key") != null;
    }

    private Answer error(Family family, int status, @Nullable String message) {
        return switch (family) {
            case OPENAI -> OpenAiErrors.of(status, message);
            case ANTHROPIC -> AnthropicErrors.of(house, status, message);
            case GEMINI -> GeminiErrors.of(status, message);
        };
    }
}
