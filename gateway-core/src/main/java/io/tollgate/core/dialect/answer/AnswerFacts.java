package io.tollgate.core.dialect.answer;

import io.tollgate.core.usage.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What has been found in an answer so far. Confined to the exchange's loop. */
final class AnswerFacts {
    private static final int NANO_DIGITS = 9;
    private static final int TICK_DIGITS = 10;
    private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000_000L);
    private static final int LONGEST_NUMBER = 40;

    private final Counts draft = new Counts();
    private final Counts said = new Counts();
    private final boolean streamed;
    private @Nullable String model;
    private @Nullable String finish;
    private @Nullable String status;
    private @Nullable String type;
    private @Nullable String tier;
    private @Nullable String id;
    private @Nullable BigDecimal cost;
    private @Nullable BigDecimal upstreamCost;
    private boolean ownKey;
    private boolean background;
    private boolean failed;
    private long searches;
    private long textBytes;

    AnswerFacts(boolean streamed) {
        this.streamed = streamed;
    }

    void opened(Place place) {
        switch (place.kind()) {
            case USAGE -> draft.clear();
            case ERROR -> failed = true;
            default -> {}
        }
    }

    void closed(Place place) {
        boolean usage = place.kind() == Place.Kind.USAGE || place.kind() == Place.Kind.USAGE_PART;
        if (usage && draft.any()) {
            said.copyFrom(draft);
        }
    }

    /** A scalar at a place; {@code leftOut} are bytes of it that were never given to the parser. */
    void value(Place place, JsonToken token, JsonParser parser, long leftOut) {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        boolean string = token == JsonToken.VALUE_STRING;
        boolean number = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
        switch (place.kind()) {
            case COUNT -> count(place.count(), token, parser);
            case COST -> cost = number ? usd(parser, 0) : cost;
            case COST_TICKS -> cost = number ? usd(parser, TICK_DIGITS) : cost;
            case UPSTREAM_COST -> upstreamCost = number ? usd(parser, 0) : upstreamCost;
            case OWN_KEY -> ownKey = token == JsonToken.VALUE_TRUE;
            case BACKGROUND -> background |= token == JsonToken.VALUE_TRUE;
            case MODEL -> model = named(string, parser, model);
            case STATUS -> status = named(string, parser, status);
            case TIER -> tier = named(string, parser, tier);
            case ID -> id = named(string, parser, id);
            case TYPE -> {
                type = named(string, parser, type);
                failed |= "error".equals(type);
            }
            case FINISH -> finish = finish == null ? named(string, parser, null) : finish;
            case ERROR -> failed |= string;
            case TEXT, WHOLE_TEXT -> {
                if (string && !(streamed && place.kind() == Place.Kind.WHOLE_TEXT)) {
                    textBytes += Utf8.length(parser) + leftOut;
                }
            }
            case PASSAGE, USAGE, USAGE_PART -> {}
        }
    }

    void text(long bytes) {
        textBytes += bytes;
    }

    private void count(@Nullable Count count, JsonToken token, JsonParser parser) {
        if (count == null || (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT)) {
            return;
        }
        if (count == Count.SEARCHES) {
            searches = Math.max(searches, whole(token, parser)); // some hosts tell it beside the usage
        } else {
            draft.set(count, whole(token, parser));
        }
    }

    private static long whole(JsonToken token, JsonParser parser) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            return (long) parser.getDoubleValue();
        }
        boolean huge = parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
        return huge ? Long.MAX_VALUE : parser.getLongValue();
    }

    private static @Nullable String named(boolean string, JsonParser parser, @Nullable String before) {
        if (!string || parser.getStringLength() == 0) {
            return before; // some hosts send "" for not yet
        }
        return before != null && isSame(before, parser) ? before : parser.getString();
    }

    /** Spares making the same string anew for each of a thousand chunks. */
    private static boolean isSame(String before, JsonParser parser) {
        int length = parser.getStringLength();
        if (before.length() != length) {
            return false;
        }
        char[] chars = parser.getStringCharacters();
        int offset = parser.getStringOffset();
        for (int i = 0; i < length; i++) {
            if (before.charAt(i) != chars[offset + i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable BigDecimal usd(JsonParser parser, int shift) {
        if (parser.getStringLength() > LONGEST_NUMBER) {
            return null;
        }
        BigDecimal number = parser.getDecimalValue().movePointLeft(shift);
        return number.signum() < 0 || number.compareTo(MOST_USD) > 0 ? null : number;
    }

    /** The last usage told, or null. */
    @Nullable
    Usage usage() {
        return said.any() ? said.toUsage(Math.min(searches, Integer.MAX_VALUE)) : null;
    }

    /** In nano-dollars, half up; -1 when no cost was told. */
    long statedCostNanos() {
        if (cost == null) {
            return -1;
        }
        BigDecimal usd = ownKey && upstreamCost != null ? cost.add(upstreamCost) : cost;
        return usd.movePointRight(NANO_DIGITS).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    @Nullable
    String model() {
        return model;
    }

    @Nullable
    String finish() {
        return finish;
    }

    @Nullable
    String status() {
        return status;
    }

    @Nullable
    String tier() {
        return tier;
    }

    @Nullable
    String id() {
        return id;
    }

    boolean background() {
        return background;
    }

    boolean failed() {
        return failed;
    }

    long textBytes() {
        return textBytes;
    }
}
