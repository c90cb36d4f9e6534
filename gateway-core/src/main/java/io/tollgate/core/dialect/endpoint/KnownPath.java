package io.tollgate.core.dialect.endpoint;

import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a path asks for, told by its last segments, since hosts differ in what stands before them.
 *
 * @param model the model in the path, decoded, or null
 * @param streams whether the path asks for a stream
 */
record KnownPath(
        Dialect dialect, Operation operation, @Nullable String model, boolean streams) {
    private static final List<String> GEMINI_VERSIONS = List.of("v1", "v1beta", "v1alpha", "v1beta1");

    private static KnownPath of(Dialect dialect, Operation operation) {
        return new KnownPath(dialect, operation, null, false);
    }

    /** What {@code path} asks for, or null when no dialect knows it. {@code path} has passed {@link PathRules}. */
    static @Nullable KnownPath find(HttpMethod method, String path, Family family, Dialects dialects) {
        List<String> segments = List.of(path.substring(1).split("/"));
        return method.equals(HttpMethod.POST)
                ? posted(segments, dialects)
                : fetched(method, segments, family, dialects);
    }

    /** Whether the other asks for the same, of whichever model. */
    boolean asks(@Nullable KnownPath other) {
        return other != null && operation == other.operation && dialect.name().equals(other.dialect.name());
    }

    private static @Nullable KnownPath posted(List<String> segments, Dialects dialects) {
        String last = fromEnd(segments, 0);
        String before = fromEnd(segments, 1);
        KnownPath known = switch (last) {
            case "completions" ->
                of(before.equals("chat") ? dialects.chat() : dialects.completions(), Operation.GENERATE);
            case "responses" -> of(dialects.responses(), Operation.GENERATE);
            case "compact" -> before.equals("responses") ? of(dialects.responses(), Operation.GENERATE) : null;
            case "input_tokens" -> before.equals("responses") ? of(dialects.responses(), Operation.COUNT_TOKENS) : null;
            case "cancel" ->
                fromEnd(segments, 2).equals("responses") ? of(dialects.responses(), Operation.TUNNEL) : null;
            case "embeddings" -> of(dialects.embeddings(), Operation.EMBED);
            case "messages" -> before.equals("v1") ? of(dialects.of(Family.ANTHROPIC), Operation.GENERATE) : null;
            case "count_tokens" ->
                before.equals("messages") ? of(dialects.of(Family.ANTHROPIC), Operation.COUNT_TOKENS) : null;
            default -> gemini(segments, dialects);
        };
        return known == null || known.model() != null ? known : known.inDeployment(segments);
    }

    /** Azure names the deployment in the path: {@code …/openai/deployments/{name}/chat/completions}. */
    private KnownPath inDeployment(List<String> segments) {
        int at = segments.indexOf("deployments");
        return at < 1 || at + 1 >= segments.size() - 1 || !segments.get(at - 1).equals("openai")
                ? this
                : new KnownPath(dialect, operation, decoded(segments.get(at + 1)), streams);
    }

    /** {@code /v1beta/models/{model}:generateContent}, also of a Vertex project or a tuned model. */
    private static @Nullable KnownPath gemini(List<String> segments, Dialects dialects) {
        String last = decoded(fromEnd(segments, 0));
        int colon = last.lastIndexOf(':');
        boolean ofModel = List.of("models", "tunedModels", "endpoints").contains(fromEnd(segments, 1));
        if (colon <= 0 || !ofModel || !GEMINI_VERSIONS.contains(segments.getFirst())) {
            return null;
        }
        String model = last.substring(0, colon);
        Dialect gemini = dialects.of(Family.GEMINI);
        return switch (last.substring(colon + 1)) {
            case "generateContent" -> new KnownPath(gemini, Operation.GENERATE, model, false);
            case "streamGenerateContent" -> new KnownPath(gemini, Operation.GENERATE, model, true);
            case "countTokens" -> new KnownPath(gemini, Operation.COUNT_TOKENS, model, false);
            default -> new KnownPath(dialects.tunnel(Family.GEMINI, true), Operation.TUNNEL, model, false);
        };
    }

    private static @Nullable KnownPath fetched(
            HttpMethod method, List<String> segments, Family family, Dialects dialects) {
        int models = segments.indexOf("models");
        boolean lists = method.equals(HttpMethod.GET)
                && (models == 0
                        || models == segments.size() - 1
                        || (models == 1 && segments.getFirst().startsWith("v1")));
        if (lists) {
            return of(dialects.tunnel(family, false), Operation.LIST_MODELS);
        }
        return segments.indexOf("responses") >= 0 && segments.indexOf("responses") < segments.size() - 1
                ? of(dialects.responses(), Operation.TUNNEL)
                : null;
    }

    private static String fromEnd(List<String> segments, int index) {
        int at = segments.size() - 1 - index;
        return at < 0 ? "" : segments.get(at);
    }

    /** A plus stays a plus: it means a blank in queries only. */
    static String decoded(String segment) {
        return segment.indexOf('%') < 0
                ? segment
                : URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
