package io.tollgate.server.trial;

import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.endpoint.Dialects;
import io.tollgate.core.dialect.endpoint.Endpoints;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests from lines of JSON: {@code {"dialect":…,"request":{…}}}, with {@code path}, {@code headers} and
 * {@code model} where they matter, or {@code {"prompt":"…"}} for one user message. Other members are passed over. A
 * request is read by the dialect the gateway would use, from the bytes as they stand in the line.
 */
public final class TrialReader {
    private final List<Dialect> dialects;
    private final Endpoints endpoints;
    private final TrialLines lines;

    /** Reads {@code in} to its end; {@code endpoints} tells what paths mean. */
    public TrialReader(InputStream in, Dialects dialects, Endpoints endpoints) {
        this.dialects = dialects.named().stream()
                .filter(dialect -> defaultPath(dialect.name()) != null)
                .toList();
        this.endpoints = endpoints;
        this.lines = new TrialLines(in);
    }

    /**
     * The next request, or null behind the last.
     *
     * @throws TrialException when the line holds none
     */
    public @Nullable TrialRequest next() throws IOException, TrialException {
        byte[] bytes = lines.next();
        return bytes == null ? null : request(TrialLine.parse(bytes, lines.number()));
    }

    private TrialRequest request(TrialLine line) throws TrialException {
        Dialect dialect = dialect(line);
        RequestHead head = head(line, dialect);
        try {
            Endpoint endpoint = line.path() == null ? endpoint(line, dialect, head) : endpoints.resolve(head);
            if (!endpoint.dialect().name().equals(dialect.name())) {
                throw new TrialException(
                        line.number(),
                        "path " + head.path() + " is " + endpoint.dialect().name() + ", dialect says " + dialect.name()
                                + "; expected a path of that dialect, or none");
            }
            RequestFacts facts = dialect.read(endpoint, line.body());
            String model = facts.model() != null ? facts.model() : line.model();
            return new TrialRequest(line.number(), endpoint, head, line.body(), facts, model);
        } catch (RefusedException e) {
            throw new TrialException(line.number(), e.refusal().message());
        }
    }

    private Dialect dialect(TrialLine line) throws TrialException {
        for (Dialect dialect : dialects) {
            if (dialect.name().equals(line.dialect())) {
                return dialect;
            }
        }
        throw new TrialException(
                line.number(),
                (line.dialect() == null ? "has no dialect" : "dialect '" + line.dialect() + "' is unknown")
                        + "; expected one of "
                        + dialects.stream().map(Dialect::name).toList());
    }

    private static Endpoint endpoint(TrialLine line, Dialect dialect, RequestHead head) {
        return new Endpoint(
                dialect,
                Operation.GENERATE,
                null,
                head.path(),
                dialect.name().equals("gemini") ? line.model() : null,
                false);
    }

    private static RequestHead head(TrialLine line, Dialect dialect) {
        String path = line.path() != null ? line.path() : defaultPath(dialect.name());
        return RequestHead.of(HttpMethod.POST, path == null ? "/" : path, line.headers());
    }

    private static @Nullable String defaultPath(String dialect) {
        return switch (dialect) {
            case "openai-chat" -> "/v1/chat/completions";
            case "openai-responses" -> "/v1/responses";
            case "anthropic" -> "/v1/messages";
            case "gemini" -> "/v1beta/models/model:generateContent";
            default -> null;
        };
    }
}
