package io.tollgate.core.price;

import io.tollgate.core.price.ProviderPrices.Rank;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageReport.OtherModelUsage;
import io.tollgate.core.usage.UsageSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every price known, by configured provider and model. Immutable but for what it remembers; any thread, no locks.
 *
 * <p>A provider is asked for by its configured name or by a vendor's name in the catalogue.
 */
public final class PriceCatalogue {
    /** The price version of a cost the provider itself stated. */
    public static final String STATED = "stated";

    /** Names remembered; callers can make up any number of them. */
    private static final int MEMORY = 1024;

    private static final long DAY_SECONDS = 86_400;

    private final Map<String, ProviderPrices> byProvider;
    private final List<String> configured;
    private final Map<String, String> pinned;
    private final List<Price> rows;
    private final Map<String, Servers> servers = new ConcurrentHashMap<>();
    private final WarnedOnce unpriced =
            new WarnedOnce("no price is known for {}: its calls are booked as unpriced and no budget in USD holds them;"
                    + " add it to the prices file or to models:");
    private final WarnedOnce tiers = new WarnedOnce(
            "no multiplier is known for {}: its calls are booked at standard prices, their price version ends in "
                    + Price.UNKNOWN_TIER + "; add it to multipliers: in the prices file");

    PriceCatalogue(
            Map<String, ProviderPrices> byProvider,
            List<String> configured,
            Map<String, String> pinned,
            List<Price> rows) {
        this.byProvider = Map.copyOf(byProvider);
        this.configured = List.copyOf(configured);
        this.pinned = Map.copyOf(pinned);
        this.rows = List.copyOf(rows);
    }

    /** Starts an empty catalogue. */
    public static PriceCatalogueBuilder builder() {
        return new PriceCatalogueBuilder();
    }

    /** The row a provider bills a model by at {@code at}, or null when none is known. */
    public @Nullable Price price(String provider, String model, Instant at) {
        ProviderPrices prices = byProvider.get(provider);
        return prices == null ? null : prices.price(model, at);
    }

    /** What is known of a model beside its price; {@link ModelTraits#UNKNOWN} when nothing is. */
    public ModelTraits traits(String provider, String model, Instant at) {
        ProviderPrices prices = byProvider.get(provider);
        return prices == null ? ModelTraits.UNKNOWN : prices.traits(model, at);
    }

    /**
     * What an answer cost: by the row of the model that answered, or of the one that was sent where the answer's name
     * has none (a deployment's, an alias). Other models' counts within it cost what their own rows say; the sum is
     * rounded once. What the provider itself states counts where no row is known and for providers that bill by no list.
     *
     * @param modelSent the model asked of the provider, or null where the request named none
     * @param at when it was served; hours of the day decide by it
     * @return {@link Cost#UNPRICED} when no price is known; {@link Cost#NOTHING} when one is but nothing was counted
     */
    public Cost cost(String provider, @Nullable String modelSent, UsageReport report, Instant at) {
        ProviderPrices prices = byProvider.get(provider);
        Price price = prices == null ? null : price(prices, report.model(), modelSent, at);
        boolean stated = report.statedCostNanos() > 0;
        if (stated && (price == null || (prices != null && prices.prefersStatedCost()))) {
            return new Cost(report.statedCostNanos(), STATED);
        }
        if (isNothing(report)) {
            return price == null ? Cost.UNPRICED : Cost.NOTHING;
        }
        if (prices == null || price == null) {
            String model = modelSent != null ? modelSent : report.model();
            if (model != null) {
                unpriced.met(provider + "/" + model);
            }
            return Cost.UNPRICED;
        }
        String tier = price.tariff().unknownTerm(report.serviceTier());
        if (tier != null) {
            tiers.met("service tier " + tier + " of " + provider + "/"
                    + price.models().getFirst());
        }
        return report.others().isEmpty()
                ? price.cost(report.usage(), report.serviceTier(), at)
                : withOthers(provider, prices, price, report, at);
    }

    /**
     * What the same answer would have cost, in nano-dollars, had the provider's cache of prompts neither been read nor
     * written: less than {@code cost} where the writes were dearer than the reads saved. {@code cost} itself where a list
     * does not decide it.
     *
     * @param cost what {@link #cost} says of it
     */
    public long uncachedNanos(Cost cost, String provider, @Nullable String modelSent, UsageReport report, Instant at) {
        Usage uncached = report.usage().uncached();
        if (!cost.isPriced() || STATED.equals(cost.priceVersion()) || uncached.equals(report.usage())) {
            return cost.nanos();
        }
        UsageReport without = new UsageReport(
                uncached,
                report.source(),
                report.model(),
                report.finish(),
                report.serviceTier(),
                report.statedCostNanos(),
                report.others());
        return cost(provider, modelSent, without, at).nanos();
    }

    /** Nothing was counted and nothing stated: of a model that bills by tokens, nothing was bought. */
    private static boolean isNothing(UsageReport report) {
        return report.source() == UsageSource.NONE
                && report.usage().equals(Usage.ZERO)
                && report.others().isEmpty();
    }

    private static @Nullable Price price(
            ProviderPrices prices, @Nullable String answered, @Nullable String sent, Instant at) {
        Price price = answered == null ? null : prices.price(answered, at);
        return price == null && sent != null ? prices.price(sent, at) : price;
    }

    private Cost withOthers(String provider, ProviderPrices prices, Price price, UsageReport report, Instant at) {
        Map<String, Usage> others = new LinkedHashMap<>();
        for (OtherModelUsage other : report.others()) {
            others.merge(other.model(), other.usage(), Usage::plus);
        }
        PicoDollars sum = price.tariff().exactly(report.usage(), report.serviceTier(), at);
        StringBuilder version = new StringBuilder(price.version());
        for (Map.Entry<String, Usage> other : others.entrySet()) {
            Price otherPrice = prices.price(other.getKey(), at);
            if (otherPrice == null) {
                unpriced.met(provider + "/" + other.getKey());
                version.append("+unpriced");
            } else {
                sum = sum.plus(otherPrice.tariff().exactly(other.getValue(), report.serviceTier(), at));
                version.append('+').append(otherPrice.version());
            }
        }
        return new Cost(sum.toNanos(), version.toString());
    }

    /**
     * The configured providers that serve a model, the best first: the one its entry in the configuration names, then by
     * how closely a row's name fits, then those that bill by rows of their own, then as configured.
     */
    public List<String> providersOf(String model, Instant at) {
        long day = Math.floorDiv(at.getEpochSecond(), DAY_SECONDS); // rows come into force with UTC days
        Servers known = servers.get(model);
        if (known != null && known.day() == day) {
            return known.providers();
        }
        Servers found = new Servers(day, findProvidersOf(model, at));
        if (servers.size() >= MEMORY) {
            servers.clear();
        }
        if (model.length() <= ModelName.MAX_LENGTH) {
            servers.put(model, found);
        }
        return found.providers();
    }

    /** Who serves a model on a UTC day since the epoch. */
    private record Servers(long day, List<String> providers) {}

    private List<String> findProvidersOf(String model, Instant at) {
        record Candidate(String provider, Rank rank) {}
        List<Candidate> candidates = new ArrayList<>();
        for (String provider : configured) {
            ProviderPrices prices = byProvider.get(provider);
            Rank rank = prices == null ? null : prices.rank(model, at);
            if (rank != null) {
                candidates.add(new Candidate(provider, rank));
            }
        }
        candidates.sort(
                Comparator.comparing((Candidate candidate) -> candidate.rank().fit())
                        .thenComparingInt(candidate -> candidate.rank().distance()));
        List<String> providers = new ArrayList<>();
        String first = pinned.get(ModelName.normal(model));
        if (first != null) {
            providers.add(first);
        }
        for (Candidate candidate : candidates) {
            if (!candidate.provider().equals(first)) {
                providers.add(candidate.provider());
            }
        }
        return List.copyOf(providers);
    }

    /** Every row, history included. */
    public List<Price> rows() {
        return rows;
    }

    /** Models asked for that no price was known of, as {@code provider/model}, since this catalogue was loaded. */
    public Set<String> unpricedModels() {
        return unpriced.names();
    }
}
