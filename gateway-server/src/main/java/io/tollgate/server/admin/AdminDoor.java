package io.tollgate.server.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.core.http.RequestHead;
import io.tollgate.core.provider.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the admin port. With a token, whoever holds it. Without, the port is bound to loopback, where browsers are
 * the danger: a page whose name was rebound to 127.0.0.1 gives itself away by the Host header, one that posts across
 * origins by Origin or Sec-Fetch-Site.
 */
final class AdminDoor {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|[\\w-]+\\.localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");

    private final @Nullable Secret token;

    AdminDoor(@Nullable Secret token) {
        this.token = token;
    }

    /** Lets a request pass, or throws {@link AdminProblem}. */
    void check(RequestHead head) {
        if (token == null) {
            checkHost(head.header(HttpHeaderNames.HOST));
        } else if (!holds(token, head)) {
            throw new AdminProblem(401, "expected Authorization: Bearer with admin.token");
        }
        if (!head.method().equals(HttpMethod.GET) && !head.method().equals(HttpMethod.HEAD)) {
            checkOrigin(head);
        }
    }

    private static boolean holds(Secret token, RequestHead head) {
        String presented = head.header(HttpHeaderNames.AUTHORIZATION);
        return presented != null
                && MessageDigest.isEqual(
                        presented.getBytes(StandardCharsets.UTF_8),
                        ("Bearer " + token.reveal()).getBytes(StandardCharsets.UTF_8));
    }

    private static void checkHost(@Nullable String host) {
        String name = host == null ? "" : host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        if (!LOOPBACK.matcher(name).matches()) {
            throw new AdminProblem(
                    403,
                    "Host " + host + ": expected localhost or a loopback address; for other names configure"
                            + " admin.token");
        }
    }

    private static void checkOrigin(RequestHead head) {
        String site = head.header("sec-fetch-site");
        String origin = head.header(HttpHeaderNames.ORIGIN);
        boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
        if (foreign || (origin != null && !isSame(origin, head.header(HttpHeaderNames.HOST)))) {
            throw new AdminProblem(403, "a page of another origin may not change anything here");
        }
    }

    private static boolean isSame(String origin, @Nullable String host) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
