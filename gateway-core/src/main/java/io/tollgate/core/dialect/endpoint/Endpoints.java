package io.tollgate.core.dialect.endpoint;

import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.RequestHead;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a request calls from its head alone. Paths are taken literally: what could be read in two ways is refused.
 * Immutable; a changed configuration makes a new one.
 */
public final class Endpoints {
    private static final Set<String> RESERVED = Set.of("v1", "v1beta", "v1alpha", "v1beta1", "models", "health");
    private static final String AZURE = "azure";
    private static final String EXPECTED = "/v1/chat/completions, /v1/responses, /v1/completions, /v1/embeddings,"
            + " /v1/models, /v1/messages, /v1beta/models/{model}:generateContent";

    private final Map<String, Family> providers;
    private final Dialects dialects;

    /** For the configured providers, by name. */
    public Endpoints(Map<String, Family> providers, Dialects dialects) {
        for (String name : providers.keySet()) {
            if (RESERVED.contains(name)) {
                throw new IllegalArgumentException("provider name " + name + " is the beginning of a path; expected a"
                        + " name other than " + RESERVED);
            }
        }
        this.providers = Map.copyOf(providers);
        this.dialects = dialects;
    }

    /**
     * What this request calls.
     *
     * @throws RefusedException when the path can be read in two ways, or leads nowhere
     */
    public Endpoint resolve(RequestHead head) {
        PathRules.check(head.path());
        String provider = prefix(head.path());
        if (provider == null) {
            return unprefixed(head);
        }
        String below = head.path().substring(provider.length() + 1);
        Family family = Objects.requireNonNull(providers.get(provider));
        KnownPath known = find(head.method(), below, family);
        return known != null
                ? endpoint(known, provider, below)
                : new Endpoint(
                        dialects.tunnel(family, !fetches(head.method())),
                        Operation.TUNNEL,
                        provider,
                        below,
                        modelOfBedrock(below),
                        false);
    }

    private Endpoint unprefixed(RequestHead head) {
        KnownPath known = isKnownAlone(head.path()) ? find(head.method(), head.path(), family(head)) : null;
        if (known == null) {
            throw nowhere(head);
        }
        boolean azures = head.path().startsWith("/openai/");
        return endpoint(known, azures && providers.containsKey(AZURE) ? AZURE : null, head.path());
    }

    private @Nullable KnownPath find(HttpMethod method, String path, Family family) {
        String trimmed = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        KnownPath known = KnownPath.find(method, trimmed, family, dialects);
        String lower = trimmed.toLowerCase(Locale.ROOT);
        KnownPath folded = lower.equals(trimmed) ? null : KnownPath.find(method, lower, family, dialects);
        if (folded != null && folded.operation() != Operation.TUNNEL && !folded.asks(known)) {
            throw RefusedException.malformed(
                    "the path is a known one but for its case; expected it in lower case, as some hosts ignore case");
        }
        return known;
    }

    private static Endpoint endpoint(KnownPath known, @Nullable String provider, String path) {
        return new Endpoint(known.dialect(), known.operation(), provider, path, known.model(), known.streams());
    }

    /** The provider a path begins with, or null. Azure's own paths begin like the prefix of a provider named openai. */
    private @Nullable String prefix(String path) {
        int slash = path.indexOf('/', 1);
        String first = slash < 0 ? "" : path.substring(1, slash);
        return !providers.containsKey(first) || path.startsWith("/openai/deployments/") ? null : first;
    }

    /** Without a prefix only the paths SDKs send by themselves are served: others name no provider to send them to. */
    private static boolean isKnownAlone(String path) {
        return path.startsWith("/v1/")
                || path.startsWith("/v1beta/")
                || path.startsWith("/v1alpha/")
                || path.startsWith("/v1beta1/")
                || path.startsWith("/openai/")
                || path.startsWith("/models/")
                || path.equals("/models");
    }

    private static boolean fetches(HttpMethod method) {
        return method.equals(HttpMethod.GET)
                || method.equals(HttpMethod.HEAD)
                || method.equals(HttpMethod.OPTIONS)
                || method.equals(HttpMethod.DELETE);
    }

    /** {@code /model/{id}/converse} and its kin: the one tunnel whose path names the model. */
    private static @Nullable String modelOfBedrock(String path) {
        int from = "/model/".length();
        int to = path.startsWith("/model/") ? path.indexOf('/', from) : -1;
        return to <= from ? null : KnownPath.decoded(path.substring(from, to));
    }

    /**
     * The dialect to refuse a request in whose path leads nowhere, by the marks its SDK leaves; null stands for a request
     * that was not readable at all.
     */
    public Dialect errorsFor(@Nullable RequestHead head) {
        if (head == null) {
            return dialects.of(Family.OPENAI);
        }
        String path = head.path();
        int slash = path.indexOf('/', 1);
        Family prefixed = slash < 0 ? null : providers.get(path.substring(1, slash));
        return dialects.of(
                prefixed != null ? prefixed : path.startsWith("/v1/messages") ? Family.ANTHROPIC : family(head));
    }

    private static Family family(RequestHead head) {
        if (head.header("anthropic-version") != null) {
            return Family.ANTHROPIC;
        }
        boolean google = head.header("x-goog-api-key") != null || head.path().startsWith("/v1beta/");
        return google ? Family.GEMINI : Family.OPENAI;
    }

    private RefusedException nowhere(RequestHead head) {
        return new RefusedException(new Refusal(
                ErrorKind.NOT_FOUND,
                "nothing is served at " + head.method() + " " + shortened(head.path()) + "; expected one of " + EXPECTED
                        + ", or any path below /{provider}/ with a provider of "
                        + new TreeMap<>(providers).keySet()));
    }

    private static String shortened(String path) {
        return path.length() > 80 ? path.substring(0, 80) + "…" : path;
    }
}
