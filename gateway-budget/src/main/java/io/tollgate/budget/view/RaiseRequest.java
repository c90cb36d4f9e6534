package io.tollgate.budget.view;

import io.tollgate.budget.ledger.BudgetRule;
import io.tollgate.budget.ledger.Period;
import io.tollgate.budget.ledger.Raise;
import io.tollgate.core.usage.Dollars;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * What is asked for by {@code POST budgets/{name}/raise}: {@code {"usd":…, "tokens":…, "until":…, "who":…, "why":…}},
 * and {@code "each": {"user": "ann"}} for one account of a budget that has several.
 *
 * @param untilMillis -1 for the end of the budget's period
 */
public record RaiseRequest(
        long nanos, long tokens, long untilMillis, Map<String, String> each, String who, String why) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int MOST_TEXT = 1_000;
    private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000_000L);
    private static final long MOST_TOKENS = 1L << 50;

    /**
     * Reads a body.
     *
     * @throws IllegalArgumentException naming what is wrong and what was expected
     */
    public static RaiseRequest read(byte[] body) {
        Reading reading = new Reading();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("expected a JSON object such as {\"usd\": 50, \"until\": …}");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                reading.member(parser.currentName(), parser, parser.nextToken());
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the body is not valid JSON: " + e.getOriginalMessage(), e);
        }
        if (reading.nanos == 0 && reading.tokens == 0) {
            throw new IllegalArgumentException("raises by nothing, expected usd, tokens or both above 0");
        }
        return new RaiseRequest(
                reading.nanos, reading.tokens, reading.until, Map.copyOf(reading.each), reading.who, reading.why);
    }

    private static final class Reading {
        private long nanos;
        private long tokens;
        private long until = -1;
        private final Map<String, String> each = new HashMap<>();
        private String who = "admin";
        private String why = "";

        void member(String name, JsonParser parser, JsonToken value) {
            switch (name) {
                case "usd" -> nanos = Dollars.nanos(number(name, parser, value, MOST_USD));
                case "tokens" -> tokens = whole(number(name, parser, value, BigDecimal.valueOf(MOST_TOKENS)));
                case "until" -> until = time(text(name, parser, value));
                case "who" -> who = text(name, parser, value);
                case "why" -> why = text(name, parser, value);
                case "each" -> each(parser, value);
                default ->
                    throw new IllegalArgumentException(
                            "unknown member \"" + name + "\", expected usd, tokens, until, each, who, why");
            }
        }

        private void each(JsonParser parser, JsonToken value) {
            if (value != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("each is " + value + ", expected an object of names and values");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                each.put(name, text("each." + name, parser, parser.nextToken()));
            }
        }

        private static BigDecimal number(String name, JsonParser parser, JsonToken value, BigDecimal most) {
            boolean number = value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_NUMBER_FLOAT;
            BigDecimal amount = number && parser.getStringLength() <= 40 ? parser.getDecimalValue() : null;
            if (amount == null || amount.signum() < 0 || amount.compareTo(most) > 0) {
                throw new IllegalArgumentException(
                        name + " is not a number from 0 to " + most.toPlainString() + ", which was expected");
            }
            return amount;
        }

        private static long whole(BigDecimal number) {
            try {
                return number.longValueExact();
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("tokens is " + number + ", expected a whole number", e);
            }
        }

        private static String text(String name, JsonParser parser, JsonToken value) {
            if (value != JsonToken.VALUE_STRING || parser.getStringLength() > MOST_TEXT) {
                throw new IllegalArgumentException(
                        name + " is not a string of at most " + MOST_TEXT + " characters, which was expected");
            }
            return parser.getString();
        }

        private static long time(String text) {
            try {
                return OffsetDateTime.parse(text).toInstant().toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                throw new IllegalArgumentException(
                        "until is \"" + text + "\", expected a time such as 2026-12-01T00:00:00Z", e);
            }
        }
    }

    /**
     * The raise of this budget, as of now.
     *
     * @throws IllegalArgumentException when it does not fit the budget, naming what was expected
     */
    public Raise of(BudgetRule rule, long nowMillis) {
        Period.Span span = rule.period().spanAt(nowMillis, rule.zone());
        long until = untilMillis >= 0 ? untilMillis : span.to();
        if (untilMillis < 0 && !span.ends()) {
            throw new IllegalArgumentException("until is missing, and budget " + rule.name() + " never resets");
        }
        if (until <= nowMillis) {
            throw new IllegalArgumentException("until is in the past, expected a time to come");
        }
        if ((nanos > 0 && rule.limitNanos() < 0) || (tokens > 0 && rule.limitTokens() < 0)) {
            throw new IllegalArgumentException("budget " + rule.name() + " has no limit in "
                    + (rule.limitNanos() < 0 ? "usd" : "tokens") + " that could be raised");
        }
        return new Raise(0, rule.name(), account(rule), nanos, tokens, nowMillis, until, who, why);
    }

    private List<String> account(BudgetRule rule) {
        if (each.isEmpty()) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (String name : rule.each()) {
            @Nullable String value = each.get(name);
            if (value == null) {
                break;
            }
            values.add(value);
        }
        if (values.size() != rule.each().size() || values.size() != each.size()) {
            throw new IllegalArgumentException("each names " + each.keySet() + ", expected " + rule.each());
        }
        return values;
    }
}
