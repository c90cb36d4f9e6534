package io.tollgate.core.provider;

import io.tollgate.core.dialect.Family;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A place calls can go to.
 *
 * @param name as in the configuration; also the path prefix {@code /{name}/…}
 * @param family the language it speaks
 * @param baseUrl scheme, host, port and an optional path that precedes the endpoint's, without a trailing slash
 * @param apiKey replaces the caller's credential, or null to pass the caller's through
 */
public record Provider(
        String name, Family family, URI baseUrl, @Nullable Secret apiKey, Timeouts timeouts) {}
