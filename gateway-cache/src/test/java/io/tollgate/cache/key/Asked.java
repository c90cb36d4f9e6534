package io.tollgate.cache.key;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.dialect.endpoint.Dialects;
import io.tollgate.core.dialect.endpoint.Endpoints;
import io.tollgate.core.dialect.gemini.GeminiDialect;
import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request as a caller sends it, and what the gateway makes of it. */
record Asked(
        String target,
        HttpHeaders headers,
        byte[] body,
        @Nullable String key,
        List<String> scope) {
    private static final Endpoints ENDPOINTS = new Endpoints(
            Map.of(
                    "openai",
                    Family.OPENAI,
                    "groq",
                    Family.OPENAI,
                    "anthropic",
                    Family.ANTHROPIC,
                    "gemini",
                    Family.GEMINI),
            new Dialects(new AnthropicDialect(), new GeminiDialect()));

    static Asked of(String target, String body) {
        return new Asked(target, new DefaultHttpHeaders(), body.getBytes(StandardCharsets.UTF_8), "k", List.of("key"));
    }

    static Asked chat(String body) {
        return of("/v1/chat/completions", body);
    }

    Asked scoped(@Nullable String byKey, String... dimensions) {
        return new Asked(target, headers, body, byKey, List.of(dimensions));
    }

    Asked header(String name, String value) {
        HttpHeaders more = new DefaultHttpHeaders().add(headers);
        more.add(name, value);
        return new Asked(target, more, body, key, scope);
    }

    KeyResult result() {
        return result(false);
    }

    KeyResult result(boolean variety) {
        RequestHead head = RequestHead.of(HttpMethod.POST, target, headers);
        Endpoint endpoint = ENDPOINTS.resolve(head);
        RequestFacts facts = endpoint.dialect().read(endpoint, RequestBody.of(body));
        Caller caller = new Caller(key, Tags.NONE, List.of(), null, Set.of());
        Scope of = new ScopeRule(scope).of(caller, Tags.NONE, head, null);
        String below = endpoint.path() + (head.query() == null ? "" : "?" + head.query());
        String provider =
                endpoint.provider() == null ? endpoint.dialect().family().wireName() : endpoint.provider();
        return new KeyReader()
                .read(
                        new CacheableRequest(
                                of,
                                endpoint,
                                facts.answers(),
                                provider,
                                facts.model(),
                                below,
                                headers,
                                RequestBody.of(body)),
                        variety);
    }

    /** The key, in hexadecimal digits, or {@code bypass REASON}. */
    String shown() {
        return switch (result()) {
            case KeyResult.Keyed keyed -> keyed.key().hex();
            case KeyResult.Bypass bypass -> "bypass " + bypass.reason().token();
        };
    }
}
