package io.tollgate.budget.alerts.channel;

import io.tollgate.core.provider.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A mail server.
 *
 * @param tls whether TLS begins at once ({@code smtps}), else by STARTTLS where the server offers it
 * @param user to log in as, or null to send without
 */
public record SmtpServer(
        String host,
        int port,
        boolean tls,
        @Nullable String user,
        @Nullable Secret password) {
    private static final int SUBMISSION = 587;
    private static final int SUBMISSION_OVER_TLS = 465;

    /**
     * Of {@code smtp://user:password@host:587} or {@code smtps://…}; user and password percent-encoded.
     *
     * @throws IllegalArgumentException when it is none; the message does not repeat it
     */
    public static SmtpServer of(Secret url) {
        try {
            URI uri = new URI(url.reveal());
            boolean tls = "smtps".equalsIgnoreCase(uri.getScheme());
            boolean known = tls || "smtp".equalsIgnoreCase(uri.getScheme());
            String path = uri.getRawPath();
            if (!known
                    || uri.getHost() == null
                    || uri.getPort() == 0
                    || uri.getPort() > 65_535
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null
                    || !(path == null || path.isEmpty() || path.equals("/"))) {
                throw new IllegalArgumentException("expected smtp://host:port or smtps://host:port");
            }
            int port = uri.getPort() > 0 ? uri.getPort() : tls ? SUBMISSION_OVER_TLS : SUBMISSION;
            String raw = uri.getRawUserInfo();
            int colon = raw == null ? -1 : raw.indexOf(':');
            if (raw == null) {
                return new SmtpServer(uri.getHost(), port, tls, null, null);
            }
            String user = decoded(colon < 0 ? raw : raw.substring(0, colon));
            String password = colon < 0 ? "" : decoded(raw.substring(colon + 1));
            return new SmtpServer(uri.getHost(), port, tls, user, new Secret(password));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("expected smtp://host:port or smtps://host:port");
        }
    }

    private static String decoded(String raw) throws URISyntaxException {
        String path = new URI("/" + raw).getPath();
        return path.substring(1);
    }
}
