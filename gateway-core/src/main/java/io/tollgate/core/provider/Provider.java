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
 * @param credentialHeader the header that carries {@code apiKey}, lower-case
 * @param drainWhenCallerGone whether a call whose caller left is read on to its final usage, instead of closed at once
 * @param asksForUsage whether streams that would not tell their usage are asked to, where the caller said nothing
 * @param allowLinkLocal whether its name may resolve to a {@link LinkLocal} address
 */
public record Provider(
        String name,
        Family family,
        URI baseUrl,
        @Nullable Secret apiKey,
        String credentialHeader,
        Timeouts timeouts,
        boolean drainWhenCallerGone,
        boolean asksForUsage,
        boolean allowLinkLocal) {
    /** With the header the family's own provider takes a key in, and what else is usual. */
    public Provider(String name, Family family, URI baseUrl, @Nullable Secret apiKey, Timeouts timeouts) {
        this(
                name,
                family,
                baseUrl,
                apiKey,
                usualHeader(family),
                timeouts,
                false,
                !UnaskedUsage.isToldBy(baseUrl),
                false);
    }

    /** The header a family's own provider takes a key in. */
    public static String usualHeader(Family family) {
        return switch (family) {
            case OPENAI -> "authorization";
            case ANTHROPIC -> "x-api-key";
            case GEMINI -> "x-goog-api-key";
        };
    }

    /** What precedes the key in its header. */
    public String credentialPrefix() {
        return credentialHeader.equals("authorization") ? "Bearer " : "";
    }
}
