package io.tollgate.budget.report.format;

import io.tollgate.budget.report.Bucket;
import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.UsageQuery;
import io.tollgate.budget.report.UsageSummary;
import io.tollgate.budget.report.UsageTable;
import io.tollgate.core.text.JsonString;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Usage in the columns of FOCUS 1.2 (FinOps Open Cost and Usage Specification), a line per day, provider, model and
 * group. All four costs are what the call cost by the price list; what optimising saved stands in {@code x_} columns.
 */
public final class Focus {
    private static final Dimension PROVIDER = Dimension.of("provider");
    private static final Dimension MODEL = Dimension.of("model");
    private static final List<String> HEADINGS = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargeFrequency",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "ConsumedQuantity",
            "ConsumedUnit",
            "ContractedCost",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "PricingCategory",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "ResourceId",
            "ResourceType",
            "ServiceCategory",
            "ServiceName",
            "SkuId",
            "Tags",
            "x_BaselineCost",
            "x_SavedCost",
            "x_Requests",
            "x_InputTokens",
            "x_CacheReadTokens",
            "x_CacheWriteTokens",
            "x_OutputTokens",
            "x_UnpricedAttempts",
            "x_TimeZone");

    private Focus() {}

    /** The question whose answer can be written so: by day, and by provider and model before what was asked for. */
    public static UsageQuery query(UsageQuery asked) {
        List<Dimension> by = new ArrayList<>(List.of(PROVIDER, MODEL));
        asked.by().stream().filter(dimension -> !by.contains(dimension)).forEach(by::add);
        return new UsageQuery(asked.period(), asked.where(), List.copyOf(by), Bucket.DAY, asked.zone());
    }

    static String write(UsageTable table) {
        if (!table.query().equals(query(table.query()))) {
            throw new IllegalArgumentException("FOCUS lines are by day, provider and model");
        }
        StringBuilder out = new StringBuilder();
        Csv.line(out, HEADINGS);
        table.rows().forEach(row -> Csv.line(out, cells(table.query(), row)));
        return out.toString();
    }

    private static List<String> cells(UsageQuery query, UsageSummary row) {
        ZoneId zone = query.zone();
        LocalDate day = LocalDate.parse(Objects.requireNonNull(row.bucket()));
        Period period = query.period();
        long start = Math.max(period.from(), millis(day, zone));
        long end = Math.min(period.to(), millis(day.plusDays(1), zone));
        LocalDate month = day.withDayOfMonth(1);
        String cost = Numbers.usd(row.costNanos());
        String provider = Csv.text(Objects.requireNonNullElse(row.group().getFirst(), "none"));
        String model = Csv.text(Objects.requireNonNullElse(row.group().get(1), "none"));
        String tokens = Long.toString(row.usage().total());
        return List.of(
                cost,
                "tollgate",
                "Tollgate",
                "USD",
                Instant.ofEpochMilli(millis(month.plusMonths(1), zone)).toString(),
                Instant.ofEpochMilli(millis(month, zone)).toString(),
                "Usage",
                "",
                Csv.text("Tokens of " + row.group().get(1)),
                "Usage-Based",
                Instant.ofEpochMilli(end).toString(),
                Instant.ofEpochMilli(start).toString(),
                tokens,
                "Tokens",
                cost,
                cost,
                provider,
                cost,
                "Standard",
                tokens,
                "Tokens",
                provider,
                provider,
                model,
                "Model",
                "AI and Machine Learning",
                provider,
                model,
                Csv.text(tags(query, row)),
                Numbers.usd(row.baselineNanos()),
                Numbers.usd(row.savedTotalNanos()),
                Long.toString(row.requests()),
                Long.toString(row.usage().input()),
                Long.toString(row.usage().cacheRead()),
                Long.toString(row.usage().cacheWrite5m() + row.usage().cacheWrite1h()),
                Long.toString(row.usage().output()),
                Long.toString(row.unpriced()),
                zone.getId());
    }

    private static long millis(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private static String tags(UsageQuery query, UsageSummary row) {
        Map<String, String> tags = new TreeMap<>();
        for (int i = 2; i < query.by().size(); i++) {
            @Nullable String value = row.group().get(i);
            if (value != null) {
                tags.put(query.by().get(i).name(), value);
            }
        }
        StringBuilder json = new StringBuilder("{");
        tags.forEach((name, value) -> {
            JsonString.quote(name, json.append(json.length() == 1 ? "" : ","));
            JsonString.quote(value, json.append(':'));
        });
        return json.append('}').toString();
    }
}
