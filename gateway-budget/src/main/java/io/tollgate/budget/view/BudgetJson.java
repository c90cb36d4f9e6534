package io.tollgate.budget.view;

import io.tollgate.budget.ladder.Action;
import io.tollgate.budget.ladder.Rung;
import io.tollgate.budget.ledger.AccountView;
import io.tollgate.budget.ledger.Balance;
import io.tollgate.budget.ledger.Period;
import io.tollgate.budget.ledger.Raise;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Accounts as JSON. Dollars are exact decimals; null stands where there is no limit, and where a period never ends. */
public final class BudgetJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int NANO_DIGITS = 9;

    private BudgetJson() {}

    /** One account as an object, with a forecast as of {@code nowMillis}. */
    public static String of(AccountView account, long nowMillis) {
        return written(json -> write(json, account, nowMillis));
    }

    /** Accounts as {@code {"rows": […], "next": null}}. */
    public static String of(List<AccountView> accounts, long nowMillis) {
        return written(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("rows");
            accounts.forEach(account -> write(json, account, nowMillis));
            json.writeEndArray();
            json.writeNullProperty("next");
            json.writeEndObject();
        });
    }

    /** One raise as an object. */
    public static String of(Raise raise) {
        return written(json -> write(json, raise));
    }

    private static String written(Consumer<JsonGenerator> what) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            what.accept(json);
        }
        return out.toString();
    }

    private static void write(JsonGenerator json, AccountView account, long nowMillis) {
        Balance balance = account.balance();
        Period.Span span = account.span();
        json.writeStartObject();
        json.writeStringProperty("name", account.rule().name());
        json.writeObjectPropertyStart("each");
        for (Map.Entry<String, String> value : account.each().entrySet()) {
            json.writeStringProperty(value.getKey(), value.getValue());
        }
        json.writeEndObject();
        json.writeStringProperty("period", account.rule().period().wireName());
        time(json, "from", span.ends() ? span.from() : -1);
        time(json, "to", span.ends() ? span.to() : -1);
        json.writeBooleanProperty(
                "blocks", account.rule().ladder().rungs().stream().anyMatch(rung -> rung.action() == Action.BLOCK));
        amount(json, "limit", balance.marks().limitNanos(), balance.marks().limitTokens());
        amount(json, "spent", balance.spentNanos(), balance.spentTokens());
        amount(json, "held", balance.heldNanos(), balance.heldTokens());
        json.writeNumberProperty("holds", balance.holds());
        amount(json, "remaining", balance.remainingNanos(), balance.remainingTokens());
        amount(json, "overrun", balance.overrunNanos(), balance.overrunTokens());
        json.writeName("forecast");
        forecast(json, Forecast.of(account, nowMillis));
        json.writeArrayPropertyStart("rungs");
        List<Rung> rungs = balance.marks().rungs();
        for (int i = 0; i < rungs.size(); i++) {
            rung(json, rungs.get(i), balance.reached(i) ? balance.firedAt()[i] : -1);
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("raises");
        account.raises().forEach(raise -> write(json, raise));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void forecast(JsonGenerator json, @Nullable Forecast forecast) {
        if (forecast == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        time(json, "as_of", forecast.asOf());
        amount(json, "per_day", forecast.nanosPerDay(), forecast.tokensPerDay());
        amount(json, "at_period_end", forecast.nanosAtEnd(), forecast.tokensAtEnd());
        time(json, "runs_out_at", forecast.runsOutAt());
        json.writeEndObject();
    }

    private static void rung(JsonGenerator json, Rung rung, long reachedAt) {
        json.writeStartObject();
        json.writeNumberProperty("at", rung.at());
        json.writeStringProperty("do", rung.action().wireName());
        if (rung.action() == Action.NOTIFY) {
            json.writeStringProperty("level", rung.level().wireName());
        }
        time(json, "reached_at", reachedAt);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Raise raise) {
        json.writeStartObject();
        json.writeNumberProperty("id", raise.id());
        json.writeStringProperty("budget", raise.budget());
        if (!raise.account().isEmpty()) {
            json.writeArrayPropertyStart("account");
            raise.account().forEach(json::writeString);
            json.writeEndArray();
        }
        json.writeNumberProperty("usd", dollars(raise.nanos()));
        json.writeNumberProperty("tokens", raise.tokens());
        time(json, "made_at", raise.madeAt());
        time(json, "until", raise.until());
        json.writeStringProperty("who", raise.who());
        json.writeStringProperty("why", raise.why());
        json.writeEndObject();
    }

    private static void amount(JsonGenerator json, String name, long nanos, long tokens) {
        json.writeObjectPropertyStart(name);
        if (nanos < 0) {
            json.writeNullProperty("usd");
        } else {
            json.writeNumberProperty("usd", dollars(nanos));
        }
        if (tokens < 0) {
            json.writeNullProperty("tokens");
        } else {
            json.writeNumberProperty("tokens", tokens);
        }
        json.writeEndObject();
    }

    /** Without trailing zeros, never in powers of ten. */
    private static BigDecimal dollars(long nanos) {
        BigDecimal dollars = BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros();
        return dollars.scale() < 0 ? dollars.setScale(0) : dollars;
    }

    private static void time(JsonGenerator json, String name, long epochMillis) {
        if (epochMillis < 0) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, Instant.ofEpochMilli(epochMillis).toString());
        }
    }
}
