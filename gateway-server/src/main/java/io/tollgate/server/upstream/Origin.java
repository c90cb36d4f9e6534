package io.tollgate.server.upstream;

import io.tollgate.core.provider.Provider;
import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of a provider: connections are pooled per origin.
 *
 * @param host without brackets for an IPv6 address
 * @param allowLinkLocal whether the host may resolve to a {@link io.tollgate.core.provider.LinkLocal} address
 */
public record Origin(boolean tls, String host, int port, boolean allowLinkLocal) {
    /** Where a provider's calls go. */
    public static Origin of(Provider provider) {
        URI url = provider.baseUrl();
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        return new Origin(tls, host, url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80, provider.allowLinkLocal());
    }

    /** As the Host header says it: without the scheme's usual port. */
    public String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }
}
