package io.tollgate.server.upstream;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of a provider: connections are pooled per origin.
 *
 * @param host without brackets for an IPv6 address
 */
public record Origin(boolean tls, String host, int port) {
    /** The origin of an absolute http or https URL. */
    public static Origin of(URI url) {
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        return new Origin(tls, host, url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80);
    }

    /** As the Host header says it: without the scheme's usual port. */
    public String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }
}
