package io.tollgate.server.api;

import io.tollgate.core.exchange.Tags;
import io.tollgate.core.provider.Secret;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.ReloadStatus;
import io.tollgate.server.config.yaml.Problem;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A configuration as JSON, its records member by member, under the names they have in code, in snake case. Secrets are
 * {@code "(secret)"}, and so are a key's hash and what an address carries beside its place.
 */
final class ConfigJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String HIDDEN = "(secret)";
    private static final Set<String> TO_HIDE = Set.of("hash");
    /** Price files hold the whole catalogue. */
    private static final Set<String> LEFT_OUT = Set.of("prices");

    private ConfigJson() {}

    /** {@code {"config": …, "file": {"loaded_at", "applied", "problems": […], "warnings": […]}}}. */
    static String of(Config config, @Nullable ReloadStatus status) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeName("config");
            write(json, config);
            json.writeName("file");
            write(json, status);
            json.writeEndObject();
        }
        return out.toString();
    }

    /** How a loading went. */
    static String of(ReloadStatus status) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(json, status);
        }
        return out.toString();
    }

    private static void write(JsonGenerator json, @Nullable ReloadStatus status) {
        if (status == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringProperty("loaded_at", status.at().toString());
        json.writeBooleanProperty("applied", status.applied());
        problems(json, "problems", status.problems());
        problems(json, "warnings", status.warnings());
        json.writeEndObject();
    }

    private static void problems(JsonGenerator json, String name, List<Problem> problems) {
        json.writeArrayPropertyStart(name);
        for (Problem problem : problems) {
            json.writeStartObject();
            json.writeStringProperty("file", problem.file());
            json.writeNumberProperty("line", problem.line());
            json.writeNumberProperty("column", problem.column());
            json.writeStringProperty("path", problem.path());
            json.writeStringProperty("message", problem.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case Secret secret -> json.writeString(HIDDEN);
            case Boolean flag -> json.writeBoolean(flag);
            case Integer number -> json.writeNumber(number.intValue());
            case Long number -> json.writeNumber(number.longValue());
            case BigDecimal number -> json.writeNumber(number);
            case Enum<?> constant -> json.writeString(constant.name().toLowerCase(Locale.ROOT));
            case URI address -> json.writeString(place(address));
            case Tags tags -> write(json, tags.asMap());
            case Map<?, ?> map -> {
                json.writeStartObject();
                map.forEach((name, each) -> {
                    json.writeName(String.valueOf(name));
                    write(json, each);
                });
                json.writeEndObject();
            }
            case Collection<?> list -> {
                json.writeStartArray();
                list.forEach(each -> write(json, each));
                json.writeEndArray();
            }
            case Record part -> members(json, part);
            default -> json.writeString(value.toString());
        }
    }

    private static void members(JsonGenerator json, Record part) {
        json.writeStartObject();
        for (RecordComponent member : part.getClass().getRecordComponents()) {
            if (!LEFT_OUT.contains(member.getName())) {
                json.writeName(snake(member.getName()));
                write(json, TO_HIDE.contains(member.getName()) ? HIDDEN : read(member, part));
            }
        }
        json.writeEndObject();
    }

    private static @Nullable Object read(RecordComponent member, Record part) {
        try {
            return member.getAccessor().invoke(part);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(part.getClass() + "." + member.getName() + " cannot be read", e);
        }
    }

    /** Without a user, a password and a query, where credentials go. */
    private static String place(URI address) {
        return address.getRawUserInfo() == null && address.getRawQuery() == null
                ? address.toString()
                : address.getScheme() + "://" + HIDDEN + "@" + address.getHost()
                        + (address.getPort() < 0 ? "" : ":" + address.getPort()) + address.getRawPath();
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
