package io.tollgate.server.config;

import io.tollgate.core.provider.LinkLocal;
import io.tollgate.server.config.yaml.ScalarType;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of other hosts. A base URL must not carry credentials, a query or a fragment, and must not point to a
 * link-local address, where clouds serve machine credentials (169.254.169.254, fd00:ec2::254).
 */
final class HttpUrls {
    /** A base URL, without its trailing slash. */
    static final ScalarType<URI> BASE_URL = new ScalarType<>(
            "an absolute http:// or https:// URL with a host and without user-info, query or fragment",
            URI.create("http://127.0.0.1"),
            HttpUrls::parse);

    private HttpUrls() {}

    private static @Nullable URI parse(String text) {
        try {
            URI uri = new URI(text);
            boolean isBase = isHttp(uri)
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.equals(uri.normalize());
            String stripped = text.replaceAll("/+$", "");
            return isBase ? new URI(stripped) : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Whether this is an absolute URL of a web server; credentials and a query are allowed. */
    static boolean isHttp(String text) {
        try {
            return isHttp(new URI(text));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isHttp(URI uri) {
        String scheme = uri.getScheme();
        return ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
                && uri.getHost() != null
                && uri.getPort() != 0
                && uri.getPort() <= 65535;
    }

    /** Whether the host is written as a link-local or cloud metadata address, in any notation a resolver understands. */
    static boolean isLinkLocal(URI uri) {
        InetAddress address = literal(uri.getHost());
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.startsWith("metadata.google.internal") || (address != null && LinkLocal.is(address));
    }

    /** The address this host literally is, or null when it is a name. Octal, hexadecimal and one-number forms included. */
    static @Nullable InetAddress literal(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        String undotted = bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
        try {
            return InetAddress.ofLiteral(undotted);
        } catch (IllegalArgumentException e) {
            try {
                return Inet4Address.ofPosixLiteral(undotted);
            } catch (IllegalArgumentException notPosixEither) {
                return null;
            }
        }
    }
}
