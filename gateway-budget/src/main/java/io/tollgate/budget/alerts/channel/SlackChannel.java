package io.tollgate.budget.alerts.channel;

import io.tollgate.budget.alerts.Alert;
import io.tollgate.budget.alerts.Channel;
import io.tollgate.budget.alerts.Verdict;
import io.tollgate.budget.ladder.Level;
import io.tollgate.core.provider.Secret;
import java.net.URI;
import java.net.http.HttpRequest;

/**
 * A Slack incoming web hook, or what speaks like one (Mattermost, Rocket.Chat, Discord's {@code /slack}). Slack knows no
 * id to drop duplicates by; the event's id stands at the end of the message.
 *
 * @param url the web hook's, which is its credential
 */
public record SlackChannel(Target target, Secret url, HttpSender sender) implements Channel {
    @Override
    public String name() {
        return target.name();
    }

    @Override
    public String type() {
        return "slack";
    }

    @Override
    public Level minLevel() {
        return target.minLevel();
    }

    @Override
    public Verdict send(Alert alert) throws InterruptedException {
        String text = mark(alert.severity()) + " *" + escaped(alert.title()) + "*\n" + escaped(alert.text()) + "\n_"
                + alert.severity().wireName() + " · " + alert.id() + "_";
        byte[] body = JsonBody.object(json -> json.writeStringProperty("text", text));
        return sender.post(HttpRequest.newBuilder(URI.create(url.reveal())), body);
    }

    private static String mark(Level severity) {
        return switch (severity) {
            case INFO -> ":information_source:";
            case WARNING -> ":warning:";
            case CRITICAL -> ":rotating_light:";
        };
    }

    /** As Slack wants it; so a tag that holds {@code <!channel>} calls nobody. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
