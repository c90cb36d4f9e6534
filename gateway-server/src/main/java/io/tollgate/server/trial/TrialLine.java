package io.tollgate.server.trial;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.core.dialect.json.JsonSource;
import io.tollgate.core.dialect.json.JsonString;
import io.tollgate.core.http.RequestBody;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The members of a line.
 *
 * @param number of the line, from 1
 * @param dialect as the line says it, or null
 * @param model as the line says it, or null; the request's own goes before it
 * @param path and query, or null
 * @param body the request, as its bytes stand in the line
 */
record TrialLine(
        long number,
        @Nullable String dialect,
        @Nullable String model,
        @Nullable String path,
        HttpHeaders headers,
        RequestBody body) {
    private static final String EXPECTED = "expected {\"dialect\":…,\"request\":{…}} or {\"prompt\":\"…\"}";

    static TrialLine parse(byte[] bytes, long number) throws TrialException {
        try (JsonParser parser = JsonSource.open(bytes, 0, bytes.length)) {
            return new Reading(bytes, number, parser).read();
        } catch (JacksonException e) {
            long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
            throw new TrialException(number, "is not valid JSON" + (at < 0 ? "" : " at byte " + at) + "; " + EXPECTED);
        }
    }

    /** One pass over the line. */
    private static final class Reading {
        private final byte[] bytes;
        private final long number;
        private final JsonParser parser;
        private final HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().newHeaders();
        private @Nullable String dialect;
        private @Nullable String model;
        private @Nullable String path;
        private @Nullable String prompt;
        private @Nullable RequestBody request;

        Reading(byte[] bytes, long number, JsonParser parser) {
            this.bytes = bytes;
            this.number = number;
            this.parser = parser;
        }

        TrialLine read() throws TrialException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw problem("is not a JSON object; " + EXPECTED);
            }
            Set<String> seen = new HashSet<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (!seen.add(name)) {
                    throw problem("has '" + name + "' twice; expected every member once");
                }
                parser.nextToken();
                member(name);
            }
            if (parser.nextToken() != null) {
                throw problem("goes on behind its JSON object; expected one request");
            }
            return line();
        }

        private TrialLine line() throws TrialException {
            String asked = prompt;
            RequestBody body = request;
            if ((asked == null) == (body == null)) {
                throw problem((body == null ? "has neither request nor prompt; " : "has both request and prompt; ")
                        + EXPECTED);
            }
            boolean plain = body == null && dialect == null;
            return new TrialLine(
                    number,
                    plain ? "openai-chat" : dialect,
                    model,
                    path,
                    headers,
                    body != null ? body : conversation(asked == null ? "" : asked));
        }

        private RequestBody conversation(String asked) throws TrialException {
            if (dialect != null && !dialect.equals("openai-chat")) {
                throw problem("has a prompt and dialect '" + dialect + "'; expected a prompt alone, or a request");
            }
            String said = model == null ? "" : "\"model\":" + JsonString.quote(model) + ",";
            String json =
                    "{" + said + "\"messages\":[{\"role\":\"user\",\"content\":" + JsonString.quote(asked) + "}]}";
            return RequestBody.of(json.getBytes(StandardCharsets.UTF_8));
        }

        private void member(String name) throws TrialException {
            switch (name) {
                case "dialect" -> dialect = text(name);
                case "model" -> model = text(name);
                case "path" -> path = text(name);
                case "prompt" -> prompt = text(name);
                case "headers" -> readHeaders();
                case "request" -> request = object();
                default -> parser.skipChildren();
            }
        }

        private @Nullable String text(String name) throws TrialException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return null;
            }
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw problem("'" + name + "' is no string; expected one");
            }
            return parser.getString();
        }

        private @Nullable RequestBody object() throws TrialException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return null;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw problem("'request' is no object; expected the body of a request");
            }
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            return new RequestBody(bytes, from, (int) parser.currentLocation().getByteOffset() - from);
        }

        private void readHeaders() throws TrialException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw problem("'headers' is no object; expected names and strings");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                String value = text("headers." + name);
                if (value == null) {
                    continue;
                }
                try {
                    headers.add(name, value);
                } catch (IllegalArgumentException e) {
                    throw problem("header '" + name + "' cannot be sent; expected a plain name and value");
                }
            }
        }

        private TrialException problem(String message) {
            return new TrialException(number, message);
        }
    }
}
