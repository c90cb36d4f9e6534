package io.tollgate.server.config.prices;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.price.ModelTraits;
import io.tollgate.core.price.Price;
import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one row of {@code prices:}. */
final class PriceRow {
    private static final ScalarType<String> NAME = ScalarTypes.STRING.where(
            text -> text.length() <= 200, "a model's name, * for any characters, up to 200 characters");
    private static final ScalarType<LocalDate> DATE =
            new ScalarType<>("a day, such as 2026-11-22", LocalDate.EPOCH, PriceRow::date);
    private static final ScalarType<Family> FAMILY = ScalarTypes.oneOf(Family.class);
    private static final ScalarType<String> MEMBER = ScalarTypes.STRING.where(
            Pattern.compile("[a-z_]+(\\.[a-z_]+)*").asMatchPredicate(), "a member's name, such as max_tokens");

    private PriceRow() {}

    static Price read(YamlObject row, Map<String, VendorEntry> vendors) {
        String vendor = row.string("provider").required();
        List<String> models = row.values("model", NAME);
        if (models.isEmpty()) {
            row.string("model").required();
            models = List.of("?");
        }
        return new Price(
                vendor,
                models,
                row.value("effective_from", DATE).orNull(),
                row.string("source").orNull(),
                row.value("checked", DATE).orNull(),
                TariffReader.read(row),
                traits(row, vendors.get(vendor)));
    }

    private static ModelTraits traits(YamlObject row, @Nullable VendorEntry vendor) {
        YamlObject limits = row.object("limits");
        YamlObject accounting = row.object("accounting");
        Family dialect = row.value("dialect", FAMILY).orNull();
        String capField = row.value("cap_field", MEMBER).orNull();
        return new ModelTraits(
                limits.value("context", ScalarTypes.COUNT).orElse(-1L),
                limits.value("max_output", ScalarTypes.COUNT).orElse(-1L),
                limits.value("min_cache", ScalarTypes.COUNT).orElse(-1L),
                dialect == null && vendor != null ? vendor.dialect() : dialect,
                capField == null && vendor != null ? vendor.capField() : capField,
                Set.copyOf(row.values("refuses", MEMBER)),
                accounting.bool("cached_in_input").orElse(vendor == null || vendor.cachedInInput()),
                accounting.bool("reasoning_in_output").orElse(vendor == null || vendor.reasoningInOutput()));
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException none) {
            return null;
        }
    }
}
