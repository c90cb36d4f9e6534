package io.tollgate.budget.alerts;

import io.tollgate.budget.ladder.Action;
import io.tollgate.budget.ladder.Level;
import io.tollgate.budget.ladder.RungReached;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A rung that was reached, put into words. */
public final class BudgetAlert {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mmXXX");
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

    private BudgetAlert() {}

    /** The alert of this event; the same id for the same event. */
    public static Alert of(RungReached event) {
        return new Alert(
                Alert.idOf(event.eventId()),
                event.at(),
                Alert.Kind.BUDGET,
                severity(event),
                event.budget(),
                title(event),
                text(event),
                facts(event));
    }

    /** A {@code notify} step has a level of its own; refusing calls is critical, treating them otherwise a warning. */
    private static Level severity(RungReached event) {
        return switch (event.rung().action()) {
            case NOTIFY -> event.rung().level();
            case BLOCK -> Level.CRITICAL;
            case DOWNGRADE, SHRINK_OUTPUT, CACHE_ONLY -> Level.WARNING;
        };
    }

    private static String title(RungReached event) {
        String name = name(event);
        return event.rung().action() == Action.BLOCK
                ? name + " refuses calls"
                : name + " reached " + percent(event.rung().at()) + " of its limit";
    }

    private static String name(RungReached event) {
        StringBuilder name = new StringBuilder("Budget ").append(event.budget());
        if (!event.each().isEmpty()) {
            StringJoiner account = new StringJoiner(", ", " (", ")");
            event.each().forEach((dimension, value) -> account.add(dimension + " " + Words.name(value)));
            name.append(account);
        }
        return name.toString();
    }

    private static String text(RungReached event) {
        BigDecimal used = used(event);
        StringBuilder text = new StringBuilder(name(event)).append(" is at ").append(percent(used));
        if (used.compareTo(event.rung().at()) >= 0
                && !percent(used).equals(percent(event.rung().at()))) {
            text.append(", past its step at ").append(percent(event.rung().at()));
        }
        text.append(": ").append(spent(event)).append(' ').append(during(event)).append(", ");
        Instant resets = event.resets();
        text.append(resets == null ? "never resets." : "resets " + MOMENT.format(resets.atZone(event.zone())) + ".");
        return text.append(consequence(event.rung().action())).toString();
    }

    private static String spent(RungReached event) {
        StringJoiner spent = new StringJoiner(" and ");
        StringJoiner held = new StringJoiner(" and ");
        if (event.limitNanos() >= 0) {
            spent.add(Words.usd(event.spentNanos()) + " of " + Words.usd(event.limitNanos()));
            held.add(Words.usd(event.heldNanos()));
        }
        if (event.limitTokens() >= 0) {
            spent.add(Words.count(event.spentTokens()) + " of " + Words.count(event.limitTokens()) + " tokens");
            held.add(Words.count(event.heldTokens()) + " tokens");
        }
        boolean holds = (event.limitNanos() >= 0 && event.heldNanos() > 0)
                || (event.limitTokens() >= 0 && event.heldTokens() > 0);
        return spent + " spent" + (holds ? " (+ " + held + " held)" : "");
    }

    private static String during(RungReached event) {
        Instant began = event.from();
        if (began == null) {
            return "in total";
        }
        ZonedDateTime from = began.atZone(event.zone());
        return switch (event.period()) {
            case "month" -> "in " + MONTH.format(from);
            case "week" -> "in the week from " + from.toLocalDate();
            case "day" -> "on " + from.toLocalDate();
            default -> "in the hour from " + MOMENT.format(from);
        };
    }

    private static String consequence(Action action) {
        return switch (action) {
            case NOTIFY -> "";
            case DOWNGRADE -> " From here on calls are to go to cheaper models.";
            case SHRINK_OUTPUT -> " From here on answers are to be shorter.";
            case CACHE_ONLY -> " From here on only the cache answers.";
            case BLOCK -> " Calls it cannot pay for are refused.";
        };
    }

    /** What is spent as a share of the limit, of money or of tokens, whichever is the larger; to the percent, down. */
    private static BigDecimal used(RungReached event) {
        return share(event.spentNanos(), event.limitNanos()).max(share(event.spentTokens(), event.limitTokens()));
    }

    private static BigDecimal share(long spent, long limit) {
        if (limit <= 0) {
            return limit < 0 ? BigDecimal.ZERO : BigDecimal.ONE;
        }
        return BigDecimal.valueOf(spent).divide(BigDecimal.valueOf(limit), 2, RoundingMode.DOWN);
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    private static String facts(RungReached event) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("budget", event.budget());
            json.writeObjectPropertyStart("each");
            event.each().forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeNumberProperty("at", Words.plain(event.rung().at()));
            json.writeStringProperty("do", event.rung().action().wireName());
            amount(json, "spent", event, event.spentNanos(), event.spentTokens());
            amount(json, "held", event, event.heldNanos(), event.heldTokens());
            amount(json, "limit", event, event.limitNanos(), event.limitTokens());
            json.writeStringProperty("period", event.period());
            json.writeStringProperty("from", textOrNull(event.from()));
            json.writeStringProperty("resets", textOrNull(event.resets()));
            json.writeEndObject();
        }
        return out.toString();
    }

    private static @Nullable String textOrNull(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static void amount(JsonGenerator json, String name, RungReached event, long nanos, long tokens) {
        json.writeObjectPropertyStart(name);
        if (event.limitNanos() >= 0) {
            json.writeNumberProperty("usd", Words.dollars(nanos));
        }
        if (event.limitTokens() >= 0) {
            json.writeNumberProperty("tokens", tokens);
        }
        json.writeEndObject();
    }
}
