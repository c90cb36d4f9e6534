package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarType;
import java.net.InetAddress;

/** Addresses to listen on. */
final class Hosts {
    /** A host name or an IP address. */
    static final ScalarType<String> HOST = Notations.matching(
            "[A-Za-z0-9]([A-Za-z0-9_.-]{0,252})?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*", "a host name or an IP address");

    private Hosts() {}

    /** Whether only this machine can reach a listener there. A name other than {@code localhost} is not resolved. */
    static boolean isLoopback(String host) {
        InetAddress address = HttpUrls.literal(host);
        return address != null ? address.isLoopbackAddress() : host.equalsIgnoreCase("localhost");
    }
}
