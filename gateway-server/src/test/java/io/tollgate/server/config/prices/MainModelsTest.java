package io.tollgate.server.config.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.price.Factor;
import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.price.PriceCatalogueBuilder;
import io.tollgate.core.price.Rates;
import io.tollgate.core.price.Tier;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The catalogue against two public price tables side by side: every rate is one of theirs, or the reason is here. */
class MainModelsTest {
    /** Off-peak, after every change known. */
    private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");

    private static final Map<String, String> VENDORS = Map.of("google", "gemini", "x-ai", "xai", "voyageai", "voyage");

    /** Where neither table is right any more, and why. */
    private static final Map<String, String> OVERRIDES = Map.of(
            "deepseek-chat", "an alias of deepseek-v4-flash: recorded answers to it name that model",
            "deepseek-reasoner", "an alias of deepseek-v4-flash: recorded answers to it name that model");

    /** LiteLLM's priority prices of 50 times and of exactly the standard price. */
    private static final Set<String> MULTIPLIER_SLIPS = Set.of("gpt-5-nano priority", "gemini-2.5-pro priority");

    private record Rate(String litellm, String genai, ToLongFunction<Rates> ours) {}

    private static final List<Rate> RATES = List.of(
            new Rate("input", "input_mtok", Rates::input),
            new Rate("output", "output_mtok", Rates::output),
            new Rate("cache_read", "cache_read_mtok", Rates::cacheRead),
            new Rate("cache_write_5m", "cache_write_mtok", Rates::cacheWrite5m),
            new Rate("cache_write_1h", "cache_write_1h_mtok", Rates::cacheWrite1h),
            new Rate("audio_in", "input_audio_mtok", Rates::audioIn),
            new Rate("audio_out", "output_audio_mtok", Rates::audioOut));

    @Test
    void the_hundred_main_models_are_priced_as_one_of_two_tables_or_with_a_reason() throws IOException {
        PriceCatalogueBuilder builder = PriceCatalogue.builder();
        PricesFile.builtIn().addTo(builder);
        PriceCatalogue catalogue = builder.build();
        List<String> wrong = new ArrayList<>();
        Set<String> overridden = new LinkedHashSet<>();
        List<Map<String, Object>> models = SharedFacts.list("prices/main_models.json");
        for (Map<String, Object> model : models) {
            String name = text(model, "model");
            String vendor = VENDORS.getOrDefault(text(model, "provider"), text(model, "provider"));
            Price price = catalogue.price(vendor, name, AT);
            if (price == null) {
                wrong.add(vendor + "/" + name + " has no price");
                continue;
            }
            List<String> differences = differences(price, model);
            if (OVERRIDES.containsKey(name)) {
                overridden.add(name);
                assertThat(differences)
                        .as("the override of %s is still needed", name)
                        .isNotEmpty();
            } else {
                differences.forEach(difference -> wrong.add(vendor + "/" + name + " " + difference));
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(models).hasSize(100);
        assertThat(overridden).isEqualTo(OVERRIDES.keySet());
    }

    private static List<String> differences(Price price, Map<String, Object> model) {
        Map<String, Object> litellm = object(model.get("litellm_usd_per_mtok"));
        Map<String, Object> genai = inForce(model.get("genai_prices_usd_per_mtok"));
        List<String> differences = new ArrayList<>();
        Rates ours = price.tariff().rates();
        for (Rate rate : RATES) {
            Set<Long> listed = new LinkedHashSet<>();
            addIfListed(listed, litellm.get(rate.litellm()));
            addIfListed(listed, genai.get(rate.genai()));
            long is = rate.ours().applyAsLong(ours);
            // A table that leaves a rate out says nothing about it, or that there is no such discount.
            boolean leftOut = (!litellm.isEmpty() && !litellm.containsKey(rate.litellm()))
                    || (!genai.isEmpty() && !genai.containsKey(rate.genai()));
            if (!listed.isEmpty() && !listed.contains(is) && !(leftOut && isPlain(rate, ours))) {
                differences.add(rate.litellm() + ": ours " + is + ", listed " + listed);
            }
        }
        tiers(price, litellm, genai, differences);
        multipliers(price, litellm, differences);
        return differences;
    }

    private static void multipliers(Price price, Map<String, Object> litellm, List<String> differences) {
        for (String service : List.of("batch", "flex", "priority")) {
            Object listed = litellm.get(service + "_input");
            String key = price.models().getFirst() + " " + service;
            if (listed != null && !MULTIPLIER_SLIPS.contains(key)) {
                Factor ours = price.tariff().multipliers().getOrDefault(service, Factor.ONE);
                long expected = picos(litellm.get("input")) * ours.numerator();
                if (expected != picos(listed) * ours.denominator()) {
                    differences.add(service + ": ours " + ours + ", listed " + listed + " of " + litellm.get("input"));
                }
            }
        }
    }

    private static boolean isPlain(Rate rate, Rates ours) {
        long is = rate.ours().applyAsLong(ours);
        if (rate.litellm().equals("output")) {
            return is == 0; // embeddings have none
        }
        return rate.litellm().equals("audio_out")
                ? is == ours.output()
                : is == ours.input() || is == ours.cacheWrite5m();
    }

    private static void tiers(
            Price price, Map<String, Object> litellm, Map<String, Object> genai, List<String> differences) {
        Set<String> listed = new LinkedHashSet<>();
        for (String key : litellm.keySet()) {
            if (key.matches("above_\\d+k_input")) {
                long from = Long.parseLong(key.replaceAll("\\D", "")) * 1000;
                String prefix = key.substring(0, key.length() - "input".length());
                // LiteLLM's names do not tell whether the edge itself belongs to the tier.
                listed.add(tier(from, litellm.get(key), litellm.get(prefix + "output")));
                listed.add(tier(from + 1, litellm.get(key), litellm.get(prefix + "output")));
            }
        }
        boolean inLitellm = !listed.isEmpty();
        boolean inGenai = false;
        if (genai.get("input_mtok") instanceof Map<?, ?> input
                && genai.get("output_mtok") instanceof Map<?, ?> output) {
            Map<String, Object> in = first(input);
            long from = ((Number) Objects.requireNonNull(in.get("start"))).longValue() + 1;
            listed.add(tier(from, in.get("price"), first(output).get("price")));
            inGenai = true;
        }
        List<Tier> ours = price.tariff().tiers();
        boolean allowedToHaveNone = !(inLitellm || litellm.isEmpty()) || !(inGenai || genai.isEmpty());
        if (ours.isEmpty() ? !allowedToHaveNone : !listed.contains(tier(ours.getFirst()))) {
            differences.add("tiers: ours " + ours + ", listed " + listed);
        }
    }

    private static String tier(Tier tier) {
        return tier.from() + ":" + tier.rates().input() + "/" + tier.rates().output();
    }

    private static String tier(long from, @Nullable Object input, @Nullable Object output) {
        return from + ":" + picos(input) + "/" + picos(output);
    }

    private static Map<String, Object> first(Map<?, ?> tiered) {
        return object(((List<?>) Objects.requireNonNull(tiered.get("tiers"))).getFirst());
    }

    private static void addIfListed(Set<Long> listed, @Nullable Object price) {
        if (price != null) {
            listed.add(picos(price instanceof Map<?, ?> tiered ? tiered.get("base") : price));
        }
    }

    private static long picos(@Nullable Object usdPerMillion) {
        return new BigDecimal(String.valueOf(usdPerMillion)).movePointRight(6).longValueExact();
    }

    /** A history's last prices begun; hours of the day are left to tests of their own. */
    private static Map<String, Object> inForce(@Nullable Object prices) {
        if (!(prices instanceof List<?> history)) {
            return object(prices);
        }
        Map<String, Object> last = Map.of();
        for (Object entry : history) {
            Map<String, Object> constraint = object(object(entry).get("constraint"));
            boolean begun = constraint.isEmpty()
                    || (constraint.get("start_date") instanceof String start
                            && Instant.parse(start + "T00:00:00Z").isBefore(AT));
            if (begun) {
                last = object(object(entry).get("prices"));
            }
        }
        return last;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static String text(Map<String, Object> map, String key) {
        return String.valueOf(map.get(key));
    }
}
