package io.tollgate.server.config.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.price.PriceCatalogueBuilder;
import io.tollgate.core.usage.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Recorded answers in which the provider states what it charged: ours is the same nano-dollar, or the reason is here. */
class CostOracleTest {
    private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");

    /**
     * An answer and what it cost by our rows.
     *
     * @param ours null when there is no row
     */
    private record Case(
            String provider,
            @Nullable String model,
            Map<String, Object> usage,
            long stated,
            @Nullable Long ours) {
        long difference() {
            return ours == null ? stated : stated - ours;
        }
    }

    @Test
    void every_stated_cost_is_recomputed_to_the_nano_dollar_or_explained() throws IOException {
        PriceCatalogueBuilder builder = PriceCatalogue.builder();
        PricesFile.builtIn().addTo(builder);
        PriceCatalogue catalogue = builder.build();
        List<Map<String, Object>> answers = SharedFacts.list("recorded/cost_oracle.json");
        Map<String, Integer> explained = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        int exact = 0;
        for (Map<String, Object> answer : answers) {
            Case charged = charged(catalogue, answer);
            String reason = reason(charged);
            if (charged.ours() != null && charged.difference() == 0) {
                exact++;
            } else if (reason != null) {
                explained.merge(reason, 1, Integer::sum);
            } else {
                wrong.add(charged + " is off by " + charged.difference());
            }
        }
        System.out.println("cost oracle: " + exact + " of " + answers.size() + " exact, explained: " + explained);

        assertThat(wrong).isEmpty();
        assertThat(exact).isGreaterThanOrEqualTo(65);
    }

    /** Why a list price cannot give the stated one: each with what the difference then must be. */
    private static @Nullable String reason(Case charged) {
        String model = charged.model();
        if (model == null) {
            return "the answer names no model";
        }
        if (charged.provider().equals("perplexity") && Math.abs(charged.difference()) < 10_000) {
            return "Perplexity rounds each part to 0.00001 USD";
        }
        if (charged.provider().equals("azure") && charged.stated() == 0) {
            return "Azure bills for the model; its maker's field is 0";
        }
        if (model.equals("openai/gpt-5.1-codex-mini") && charged.difference() == 2_000_000) {
            return "OpenRouter's file parser costs 0.002 USD a page, which no usage counts";
        }
        if (model.equals("google/gemini-2.5-flash") && count(charged.usage(), "cached_tokens") == 2161) {
            return "OpenRouter counts the same tokens as read from and written to a cache it keeps by the hour";
        }
        boolean openWeights = model.equals("openai/gpt-oss-20b") || model.equals("z-ai/glm-4.6");
        return charged.ours() == null && openWeights
                ? "open weights on OpenRouter: the price of whoever serves, no row"
                : null;
    }

    private static Case charged(PriceCatalogue catalogue, Map<String, Object> answer) {
        String provider = String.valueOf(answer.get("provider"));
        Object model = answer.get("model");
        Map<String, Object> usage = object(answer.get("usage"));
        long stated = new BigDecimal(String.valueOf(answer.get("usd")))
                .movePointRight(9)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        String vendor = provider.equals("local") ? "openai" : provider;
        Price price = model == null ? null : catalogue.price(vendor, model.toString(), AT);
        return new Case(
                provider,
                model == null ? null : model.toString(),
                usage,
                stated,
                price == null ? null : price.cost(usage(usage), null, AT).nanos());
    }

    /** Input contains cached tokens and output thinking in all of these. */
    private static Usage usage(Map<String, Object> usage) {
        long prompt = count(usage, "prompt_tokens") + count(usage, "input_tokens");
        long read = count(usage, "cached_tokens");
        long written = count(usage, "cache_write_tokens");
        long output = count(usage, "completion_tokens") + count(usage, "output_tokens");
        return new Usage(
                prompt - read - written,
                read,
                written,
                0,
                output,
                0,
                0,
                0,
                0,
                count(usage, "num_server_side_tools_used"));
    }

    /** The count of this name, in the usage itself or its details. */
    private static long count(Map<String, Object> usage, String name) {
        long count = usage.get(name) instanceof Number number ? number.longValue() : 0;
        for (String details : List.of("prompt_tokens_details", "input_tokens_details")) {
            count += object(usage.get(details)).get(name) instanceof Number number ? number.longValue() : 0;
        }
        return count;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
