package io.tollgate.server.config;

import io.tollgate.core.provider.Secret;
import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where alerts go. Without its {@code url} (PagerDuty: its routing key) it is inactive, so that one file serves places
 * with and without it.
 *
 * @param url web hook, or {@code smtp://user:password@host:587} for e-mail; a secret, for Slack's is one
 * @param routingKey PagerDuty's integration key
 * @param from e-mail sender
 * @param to e-mail receivers
 * @param minLevel alerts below it are not sent here
 */
public record AlertConfig(
        Type type,
        @Nullable Secret url,
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

    private static final ScalarType<String> ADDRESS =
            Notations.matching("[^@\\s<>,]+@[^@\\s<>,]+", "an e-mail address");

    static AlertConfig read(YamlObject yaml) {
        Type type = yaml.value("type", ScalarTypes.oneOf(Type.class)).required();
        AlertConfig alert = new AlertConfig(
                type,
                yaml.secret("url")
                        .must(
                                url -> type == Type.EMAIL ? isSmtp(url.reveal()) : HttpUrls.isHttp(url.reveal()),
                                type == Type.EMAIL
                                        ? "smtp://host:port or smtps://host:port"
                                        : "an absolute http:// or https:// URL")
                        .orNull(),
                yaml.secret("routing_key").orNull(),
                yaml.value("from", ADDRESS).orNull(),
                yaml.values("to", ADDRESS),
                yaml.value("min_level", ScalarTypes.oneOf(BudgetConfig.Level.class))
                        .orElse(BudgetConfig.Level.INFO));
        if (type != Type.PAGERDUTY && yaml.has("routing_key")) {
            yaml.problem("routing_key", "has no meaning here, expected it with type: pagerduty only");
        }
        if (type != Type.EMAIL && (yaml.has("to") || yaml.has("from"))) {
            yaml.problem(yaml.has("to") ? "to" : "from", "has no meaning here, expected it with type: email only");
        }
        if (type == Type.EMAIL && alert.isActive() && (alert.to.isEmpty() || alert.from == null)) {
            yaml.problem("is not complete, expected from: and to: with type: email");
        }
        return alert;
    }

    private static boolean isSmtp(String text) {
        return text.matches("smtps?://[^/\\s]+");
    }

    /** Whether anything can be sent there. */
    public boolean isActive() {
        return type == Type.PAGERDUTY ? routingKey != null : url != null;
    }
}
