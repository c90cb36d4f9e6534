package io.tollgate.server.config;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Secret;
import io.tollgate.core.provider.Timeouts;
import io.tollgate.core.provider.UnaskedUsage;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place calls can go to.
 *
 * @param name also its path prefix
 * @param dialect the language it speaks
 * @param baseUrl what a client's path is appended to; no trailing slash
 * @param catalogue the vendor of the price catalogue it bills as, or null to tell by its host, name or dialect
 * @param apiKey replaces the caller's credential, or null to pass the caller's through
 * @param onClientGone what becomes of a call whose caller has left
 * @param streamUsage whether streams are asked to tell their usage
 * @param hourly what its machines cost, where they are paid by the hour
 * @param allowLinkLocal whether its host may be, or resolve to, a link-local address
 */
public record ProviderConfig(
        String name,
        Family dialect,
        URI baseUrl,
        @Nullable String catalogue,
        @Nullable Secret apiKey,
        Timeouts timeouts,
        OnClientGone onClientGone,
        StreamUsage streamUsage,
        @Nullable HourlyConfig hourly,
        boolean allowLinkLocal) {
    /** First path segments that mean something else on one of the ports. */
    private static final List<String> RESERVED =
            List.of("v1", "v1alpha", "v1beta", "v1beta1", "health", "api", "metrics", "admin", "tollgate");

    private static final String NAME = "[a-z0-9_-]{1,64}";

    static ProviderConfig read(String name, YamlObject yaml) {
        if (!name.matches(NAME)) {
            yaml.problem("has an unusable name, expected lower-case letters, digits, '_' and '-', up to 64");
        } else if (RESERVED.contains(name)) {
            yaml.problem("has a reserved name, expected one other than " + String.join(", ", RESERVED));
        }
        boolean allowLinkLocal = yaml.bool("allow_link_local").orElse(false);
        Family dialect = yaml.value("dialect", ScalarTypes.oneOf(Family.class)).required();
        URI baseUrl = yaml.value("base_url", HttpUrls.BASE_URL)
                .must(
                        url -> allowLinkLocal || !HttpUrls.isLinkLocal(url),
                        "an address that is not link-local, where clouds keep machine credentials "
                                + "(allow_link_local: true if it is meant)")
                .required();
        if (baseUrl.getPath().endsWith("/v1")) {
            yaml.warning("base_url", "ends in /v1, with which callers' paths begin too; probably meant without it");
        }
        return new ProviderConfig(
                name,
                dialect,
                baseUrl,
                yaml.string("catalogue").orNull(),
                yaml.secret("api_key").orNull(),
                timeouts(yaml.object("timeouts")),
                yaml.value("on_client_gone", ScalarTypes.oneOf(OnClientGone.class))
                        .orElse(OnClientGone.ABORT),
                yaml.value("stream_usage", ScalarTypes.oneOf(StreamUsage.class))
                        .orElse(UnaskedUsage.isToldBy(baseUrl) ? StreamUsage.NEVER : StreamUsage.ASK),
                HourlyConfig.read(yaml.object("hourly")),
                allowLinkLocal);
    }

    private static Timeouts timeouts(YamlObject yaml) {
        return new Timeouts(
                yaml.value("connect", Notations.POSITIVE_DURATION).orElse(Timeouts.DEFAULT.connect()),
                yaml.value("first_byte", Notations.POSITIVE_DURATION).orElse(Timeouts.DEFAULT.firstByte()),
                yaml.value("between_bytes", Notations.POSITIVE_DURATION).orElse(Timeouts.DEFAULT.betweenBytes()));
    }

    /** As the relay needs it. */
    public Provider toProvider() {
        return new Provider(
                name,
                dialect,
                baseUrl,
                apiKey,
                Provider.usualHeader(dialect),
                timeouts,
                onClientGone == OnClientGone.DRAIN,
                streamUsage == StreamUsage.ASK,
                allowLinkLocal);
    }
}
