package io.tollgate.server.serve;

import io.tollgate.budget.alerts.Channel;
import io.tollgate.budget.alerts.channel.EmailChannel;
import io.tollgate.budget.alerts.channel.HttpSender;
import io.tollgate.budget.alerts.channel.PagerDutyChannel;
import io.tollgate.budget.alerts.channel.SlackChannel;
import io.tollgate.budget.alerts.channel.SmtpServer;
import io.tollgate.budget.alerts.channel.Target;
import io.tollgate.budget.alerts.channel.WebhookChannel;
import io.tollgate.budget.ladder.Level;
import io.tollgate.core.provider.Secret;
import io.tollgate.server.config.AlertConfig;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** The configuration's receivers of alerts that have an address. */
final class AlertChannels {
    private final HttpSender sender;
    private final InstantSource clock;

    AlertChannels(HttpSender sender, InstantSource clock) {
        this.sender = sender;
        this.clock = clock;
    }

    List<Channel> of(List<AlertConfig> configs) {
        Set<String> names = new HashSet<>();
        configs.forEach(config -> names.add(String.valueOf(config.name())));
        List<Channel> channels = new ArrayList<>();
        for (AlertConfig config : configs) {
            if (config.isActive()) {
                String name = config.name() != null ? config.name() : unused(names, config.type());
                channels.add(channel(
                        config, new Target(name, Level.valueOf(config.minLevel().name()))));
            }
        }
        return channels;
    }

    /** {@code slack}, {@code slack-2}, …: the same after a restart as long as the order of the file is. */
    private static String unused(Set<String> names, AlertConfig.Type type) {
        String base = type.name().toLowerCase(Locale.ROOT);
        String name = base;
        for (int i = 2; !names.add(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }

    private Channel channel(AlertConfig config, Target target) {
        return switch (config.type()) {
            case SLACK -> new SlackChannel(target, url(config), sender);
            case WEBHOOK -> new WebhookChannel(target, url(config), config.secret(), sender, clock);
            case EMAIL ->
                new EmailChannel(
                        target, SmtpServer.of(url(config)), Objects.requireNonNull(config.from(), "from"), config.to());
            case PAGERDUTY ->
                new PagerDutyChannel(
                        target,
                        config.url() != null ? config.url() : new Secret(PagerDutyChannel.DEFAULT_URL),
                        Objects.requireNonNull(config.routingKey(), "routing_key"),
                        sender);
        };
    }

    private static Secret url(AlertConfig config) {
        return Objects.requireNonNull(config.url(), "url");
    }
}
