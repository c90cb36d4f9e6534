package io.tollgate.core.price;

import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Usage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of the catalogue: what models of one vendor cost and take from a day on. Immutable. */
public final class Price {
    /** Ends the version told for what was served at a tier nobody knows a multiplier of, and priced as standard. */
    static final String UNKNOWN_TIER = "+tier-unknown";

    private final String vendor;
    private final List<String> models;
    private final @Nullable LocalDate effectiveFrom;
    private final long effectiveFromSecond;
    private final @Nullable String source;
    private final @Nullable LocalDate checked;
    private final Tariff tariff;
    private final ModelTraits traits;
    /** Told when it is first asked for: most rows of a catalogue never are. Threads that meet make the same text. */
    private @Nullable String version;

    /**
     * A row.
     *
     * @param vendor the catalogue's name of who bills
     * @param models names it is for, the first one its title; {@code *} stands for any characters
     * @param effectiveFrom the first UTC day, or null for whenever, which displaces dated rows it overrides
     * @param source where the price was read
     * @param checked when it was last seen standing there
     */
    public Price(
            String vendor,
            List<String> models,
            @Nullable LocalDate effectiveFrom,
            @Nullable String source,
            @Nullable LocalDate checked,
            Tariff tariff,
            ModelTraits traits) {
        if (models.isEmpty()) {
            throw new IllegalArgumentException("a price of " + vendor + " names no model");
        }
        this.vendor = vendor;
        this.models = List.copyOf(models);
        this.effectiveFrom = effectiveFrom;
        this.effectiveFromSecond = effectiveFrom == null
                ? Long.MIN_VALUE
                : effectiveFrom.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        this.source = source;
        this.checked = checked;
        this.tariff = tariff;
        this.traits = traits;
    }

    /** Who bills, in the catalogue's words. */
    public String vendor() {
        return vendor;
    }

    /** The names it is for. */
    public List<String> models() {
        return models;
    }

    /** The first UTC day it holds on, or null for whenever. */
    public @Nullable LocalDate effectiveFrom() {
        return effectiveFrom;
    }

    /** Where it was read. */
    public @Nullable String source() {
        return source;
    }

    /** When it was last seen standing there. */
    public @Nullable LocalDate checked() {
        return checked;
    }

    /** How it is billed. */
    public Tariff tariff() {
        return tariff;
    }

    /** What the model takes. */
    public ModelTraits traits() {
        return traits;
    }

    /** Names row and content, e.g. {@code openai/gpt-4o@2024-10-02#3fa91c0e}: the same row always has the same version. */
    public String version() {
        String known = version;
        if (known == null) {
            known = vendor + "/" + models.getFirst() + "@" + (effectiveFrom == null ? "always" : effectiveFrom) + "#"
                    + hash(tariff.canonical());
            version = known;
        }
        return known;
    }

    /** What a request costs; see {@link Tariff#nanos}. */
    public Cost cost(Usage usage, @Nullable String serviceTier, Instant at) {
        boolean known = tariff.unknownTerm(serviceTier) == null;
        return new Cost(tariff.nanos(usage, serviceTier, at), known ? version() : version() + UNKNOWN_TIER);
    }

    /** Whether it holds at {@code at}, as far as its first day goes. */
    boolean heldBy(Instant at) {
        return at.getEpochSecond() >= effectiveFromSecond;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return version();
    }
}
