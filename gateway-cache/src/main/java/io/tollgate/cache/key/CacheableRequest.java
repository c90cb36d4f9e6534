package io.tollgate.cache.key;

import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.http.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * A request as it would go upstream.
 *
 * @param scope who shares answers with whom
 * @param endpoint what was called
 * @param answers how many answers are asked for
 * @param provider the name of the provider it would go to
 * @param model the model that would be sent, or null where the request names none
 * @param target path and query that would be asked for, below the provider's base URL
 * @param headers the caller's
 * @param body after every change that changes the answer; a cap that Tollgate adds is none of them, since only complete
 *     answers are kept
 */
public record CacheableRequest(
        Scope scope,
        Endpoint endpoint,
        int answers,
        String provider,
        @Nullable String model,
        String target,
        HttpHeaders headers,
        RequestBody body) {}
