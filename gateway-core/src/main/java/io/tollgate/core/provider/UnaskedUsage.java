package io.tollgate.core.provider;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Hosts of OpenAI's family whose streams tell their usage to everyone, in the last chunk that has a finish reason or in
 * every one. Asking changes nothing at the best; Mistral has no such option and may refuse a body that names it. Sources:
 * the hosts' API references and recorded streams.
 */
public final class UnaskedUsage {
    private static final List<String> DOMAINS = List.of(
            "mistral.ai", // in the chunk with the finish reason
            "deepseek.com", // the same
            "groq.com", // under x_groq in the last chunk
            "openrouter.ai", // a last chunk of its own
            "perplexity.ai"); // in every chunk

    private UnaskedUsage() {}

    /** Whether the host of this URL is one of them. */
    public static boolean isToldBy(URI baseUrl) {
        String host = baseUrl.getHost() == null ? "" : baseUrl.getHost().toLowerCase(Locale.ROOT);
        return DOMAINS.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }
}
