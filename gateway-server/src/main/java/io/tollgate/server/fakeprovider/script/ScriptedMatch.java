package io.tollgate.server.fakeprovider.script;

import io.tollgate.core.text.Glob;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a rule is for: {@code method}, {@code path}, {@code model} and {@code headers} are globs,
 * {@code contains} is a part of the body; {@code nth} picks one of the requests that fit, {@code first} the first few.
 *
 * @param from the first of the requests that fit, counted from 1
 * @param to the last of them
 */
record ScriptedMatch(
        @Nullable String method,
        @Nullable String path,
        @Nullable String model,
        Map<String, String> headers,
        @Nullable String contains,
        int from,
        int to) {

    static ScriptedMatch read(YamlObject yaml) {
        Map<String, String> headers = new LinkedHashMap<>();
        YamlObject named = yaml.object("headers");
        named.keys()
                .forEach(name ->
                        headers.put(name, named.value(name, ScalarTypes.GLOB).required()));
        Integer nth =
                yaml.value("nth", ScalarTypes.integer(1, Integer.MAX_VALUE)).orNull();
        Integer first = yaml.value("first", ScalarTypes.integer(1, Integer.MAX_VALUE))
                .must(given -> nth == null, "either nth or first, not both")
                .orNull();
        return new ScriptedMatch(
                yaml.value("method", ScalarTypes.GLOB).orNull(),
                yaml.value("path", ScalarTypes.GLOB).orNull(),
                yaml.value("model", ScalarTypes.GLOB).orNull(),
                headers,
                yaml.string("contains").orNull(),
                nth == null ? 1 : nth,
                nth == null ? (first == null ? Integer.MAX_VALUE : first) : nth);
    }

    boolean fits(ReceivedRequest request) {
        return fits(method, request.method())
                && fits(path, request.path())
                && fits(model, request.model())
                && headers.entrySet().stream()
                        .allMatch(header -> fits(header.getValue(), request.header(header.getKey())))
                && (contains == null || request.bodyText().contains(contains));
    }

    private static boolean fits(@Nullable String glob, @Nullable String value) {
        return glob == null || (value != null && Glob.matches(glob, value));
    }
}
