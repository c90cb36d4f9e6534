package io.tollgate.core.price;

import io.tollgate.core.price.PriceList.Fit;
import io.tollgate.core.price.PriceList.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one configured provider bills by: its own rows, then those of the vendors behind it. A name looked up once is
 * found again without a lock.
 */
final class ProviderPrices {
    /** Names remembered; callers can make up any number of them. */
    private static final int MEMORY = 1024;

    /** The distance of rows that say nothing about who serves a model. */
    static final int EVERYWHERE = -1;

    private static final Candidate[] NONE = {};

    private final List<Section> sections;
    private final Map<String, ModelTraits> traits;
    private final boolean prefersStatedCost;
    private final Map<String, Candidate[]> memory = new ConcurrentHashMap<>();

    /**
     * One price list in the order they are asked.
     *
     * @param prefix what a model's name must begin with to be looked up here without it, e.g. {@code openai/}; empty for
     *     every name as it is
     * @param distance from the provider; {@link #EVERYWHERE} for what the configuration says of a model wherever it is; 0 its own rows, 1 its vendor's, 2 those its vendor borrows, 3 a guess by language
     */
    record Section(String prefix, PriceList list, int distance) {}

    /** A fit and how far from the provider it was found. */
    record Rank(Fit fit, int distance) {}

    /** A row and how well it fits. */
    private record Candidate(Price price, Rank rank) {}

    /**
     * Prices.
     *
     * @param traits what the configuration says of models, by normal name
     */
    ProviderPrices(List<Section> sections, Map<String, ModelTraits> traits, boolean prefersStatedCost) {
        this.sections = List.copyOf(sections);
        this.traits = Map.copyOf(traits);
        this.prefersStatedCost = prefersStatedCost;
    }

    boolean prefersStatedCost() {
        return prefersStatedCost;
    }

    @Nullable
    Price price(String model, Instant at) {
        for (Candidate candidate : candidates(model)) {
            if (candidate.price().heldBy(at)) {
                return candidate.price();
            }
        }
        return null;
    }

    /** What the first row in force knows that knows anything, and what the configuration says above it. */
    ModelTraits traits(String model, Instant at) {
        ModelTraits listed = ModelTraits.UNKNOWN;
        for (Candidate candidate : candidates(model)) {
            if (candidate.price().heldBy(at) && !candidate.price().traits().equals(ModelTraits.UNKNOWN)) {
                listed = candidate.price().traits();
                break;
            }
        }
        ModelTraits configured = traits.isEmpty() ? null : traits.get(ModelName.normal(model));
        return configured == null ? listed : listed.withLimits(configured.context(), configured.maxOutput());
    }

    /** How well a row in force fits, or null when none does. */
    @Nullable
    Rank rank(String model, Instant at) {
        Rank best = null;
        for (Candidate candidate : candidates(model)) {
            if (candidate.price().heldBy(at)
                    && candidate.rank().distance() != EVERYWHERE
                    && (best == null || candidate.rank().fit().compareTo(best.fit()) < 0)) {
                best = candidate.rank();
            }
        }
        return best;
    }

    /** Every row that fits: those of nearer sections first, within one the closest fit, then the newest. */
    private Candidate[] candidates(String model) {
        Candidate[] candidates = memory.get(model);
        return candidates != null ? candidates : remember(model);
    }

    private Candidate[] remember(String model) {
        if (model.length() > ModelName.MAX_LENGTH) {
            return NONE;
        }
        String name = ModelName.normal(model);
        List<Candidate> candidates = new ArrayList<>();
        for (Section section : sections) {
            for (Found found : find(section, name)) {
                candidates.add(new Candidate(found.price(), new Rank(found.fit(), section.distance())));
            }
        }
        Candidate[] found = candidates.isEmpty() ? NONE : candidates.toArray(NONE);
        if (memory.size() >= MEMORY) {
            memory.clear();
        }
        memory.put(model, found);
        return found;
    }

    private static List<Found> find(Section section, String name) {
        return name.startsWith(section.prefix())
                ? section.list().find(name.substring(section.prefix().length()))
                : List.of();
    }
}
