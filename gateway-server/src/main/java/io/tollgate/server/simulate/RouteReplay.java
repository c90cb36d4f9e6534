package io.tollgate.server.simulate;

import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.ProviderConfig;
import io.tollgate.server.config.RoutingRule;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where another configuration's rules would have sent a call, as far as its row tells. */
final class RouteReplay {
    private static final long MILLION = 1_000_000;

    /** A provider and a model there. */
    record Place(String provider, String model) {}

    private final Config config;
    private final PriceCatalogue prices;

    RouteReplay(Config config, PriceCatalogue prices) {
        this.config = config;
        this.prices = prices;
    }

    /** The place a rule chooses, or null where none does. Rules that ask how hard a request is are passed over. */
    @Nullable
    Place of(UsageRow row, Attribution call) {
        for (RoutingRule rule : config.routing()) {
            RoutingRule.When when = rule.when();
            boolean fits = when.complexity() == null
                    && call.matches(when.match().globs())
                    && (when.tokens() == null
                            || when.tokens()
                                    .contains(row.metered().report().usage().prompt()))
                    && includes(rule, row);
            Place place = fits ? place(rule, row, call) : null;
            if (place != null) {
                return place;
            }
        }
        return null;
    }

    private static boolean includes(RoutingRule rule, UsageRow row) {
        String session = Objects.requireNonNullElse(row.tags().get("session"), row.requestId());
        long spread = Math.floorMod(session.hashCode() * 0x9E3779B97F4A7C15L, MILLION);
        return BigDecimal.valueOf(spread).compareTo(rule.share().multiply(BigDecimal.valueOf(MILLION))) < 0;
    }

    private @Nullable Place place(RoutingRule rule, UsageRow row, Attribution call) {
        Instant at = Instant.ofEpochMilli(row.atMillis());
        for (String model : rule.use()) {
            for (String name : prices.providersOf(model, at)) {
                ProviderConfig provider = config.providers().get(name);
                boolean speaks = provider != null
                        && row.call().dialect().startsWith(provider.dialect().wireName());
                if (speaks && !(model.equals(call.model()) && name.equals(call.provider()))) {
                    return new Place(name, model);
                }
            }
        }
        return null;
    }
}
