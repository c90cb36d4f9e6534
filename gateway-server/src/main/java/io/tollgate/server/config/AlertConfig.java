package io.tollgate.server.config;

import io.tollgate.budget.alerts.channel.SmtpServer;
import io.tollgate.core.provider.Secret;
import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where alerts go. With an empty {@code url} (PagerDuty: its routing key) it is inactive, so that one file serves places
 * with and without it.
 *
 * @param name what the journal knows it by, or null for its type
 * @param url web hook, or {@code smtp://user:password@host:587} for e-mail; a secret, for Slack's is one. For PagerDuty
 *     the API's address, or null for the usual one
 * @param secret that a web hook's requests are signed with, or null for unsigned ones
 * @param routingKey PagerDuty's integration key
 * @param from e-mail sender
 * @param to e-mail receivers
 * @param minLevel alerts below it are not sent here
 */
public record AlertConfig(
        Type type,
        @Nullable String name,
        @Nullable Secret url,
        @Nullable Secret secret,
        @Nullable Secret routingKey,
        @Nullable String from,
        List<String> to,
        BudgetConfig.Level minLevel) {
    /** Kinds of receivers. */
    public enum Type {
        /** JSON to any URL. */
        WEBHOOK,
        /** A Slack incoming web hook. */
        SLACK,
        /** PagerDuty's Events API. */
        PAGERDUTY,
        /** SMTP. */
        EMAIL
    }

    private static final ScalarType<String> ADDRESS = Notations.matching(
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?",
            "an e-mail address");

    static AlertConfig read(YamlObject yaml) {
        Type type = yaml.value("type", ScalarTypes.oneOf(Type.class)).required();
        AlertConfig alert = new AlertConfig(
                type,
                yaml.value("name", Notations.NAME).orNull(),
                yaml.secret("url")
                        .must(
                                url -> type == Type.EMAIL ? isSmtp(url) : HttpUrls.isHttp(url.reveal()),
                                type == Type.EMAIL
                                        ? "smtp://host:port or smtps://host:port"
                                        : "an absolute http:// or https:// URL")
                        .must(
                                url -> type == Type.EMAIL || !HttpUrls.isLinkLocal(URI.create(url.reveal())),
                                "an address that is not link-local, where clouds keep machine credentials")
                        .orNull(),
                yaml.secret("secret").orNull(),
                yaml.secret("routing_key").orNull(),
                yaml.value("from", ADDRESS).orNull(),
                yaml.values("to", ADDRESS),
                yaml.value("min_level", ScalarTypes.oneOf(BudgetConfig.Level.class))
                        .orElse(BudgetConfig.Level.INFO));
        alert.check(yaml);
        return alert;
    }

    private void check(YamlObject yaml) {
        String credential = type == Type.PAGERDUTY ? "routing_key" : "url";
        if (!yaml.has(credential)) {
            yaml.problem(
                    credential,
                    "is missing; expected it with type: " + type.name().toLowerCase(Locale.ROOT));
        }
        only(Type.PAGERDUTY, "routing_key", yaml);
        only(Type.WEBHOOK, "secret", yaml);
        only(Type.EMAIL, yaml.has("to") ? "to" : "from", yaml);
        if (type == Type.EMAIL && isActive() && (to.isEmpty() || from == null)) {
            yaml.problem("is not complete, expected from: and to: with type: email");
        }
        Secret address = url;
        if (type == Type.WEBHOOK && address != null && secret == null && !isLoopback(address)) {
            yaml.warning("url", "gets unsigned alerts: anyone could send it others; give it a secret");
        }
    }

    private void only(Type meant, String key, YamlObject yaml) {
        if (type != meant && yaml.has(key)) {
            yaml.problem(
                    key,
                    "has no meaning here, expected it with type: "
                            + meant.name().toLowerCase(Locale.ROOT) + " only");
        }
    }

    private static boolean isSmtp(Secret url) {
        try {
            return !SmtpServer.of(url).host().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isLoopback(Secret url) {
        String host = URI.create(url.reveal()).getHost();
        InetAddress address = HttpUrls.literal(host);
        return host.equalsIgnoreCase("localhost") || (address != null && address.isLoopbackAddress());
    }

    /** Whether anything can be sent there. */
    public boolean isActive() {
        return type == Type.PAGERDUTY ? routingKey != null : url != null;
    }
}
