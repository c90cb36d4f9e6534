package io.tollgate.cache.key;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The headers that change an answer: versions and beta features of the API, and what the caller tells Tollgate to leave alone. */
final class KeyHeaders {
    /** Sources: the providers' API references; {@code extra-parameters} decides whether Azure drops unknown parameters, {@code x-policy-id} which of its content filters applies. */
    private static final List<String> OF_PROVIDERS = List.of(
            "anthropic-version",
            "anthropic-beta",
            "x-anthropic-beta",
            "openai-beta",
            "groq-beta",
            "groq-model-version",
            "extra-parameters",
            "x-policy-id");

    private static final List<String> DIRECTIVES = List.of("x-tollgate-route", "x-tollgate-shape");
    private static final String OFF = "off";

    private KeyHeaders() {}

    /** Name and value of each that is there, in one order; lists of features as sets. */
    static List<String> of(HttpHeaders headers) {
        List<String> parts = new ArrayList<>(4);
        for (String name : OF_PROVIDERS) {
            List<String> values = headers.getAll(name);
            if (!values.isEmpty()) {
                parts.add(name);
                parts.add(asSet(values));
            }
        }
        for (String name : DIRECTIVES) {
            String value = headers.get(name);
            if (value != null && value.strip().toLowerCase(Locale.ROOT).equals(OFF)) {
                parts.add(name);
                parts.add(OFF);
            }
        }
        return parts;
    }

    private static String asSet(List<String> values) {
        TreeSet<String> features = new TreeSet<>();
        for (String value : values) {
            for (String feature : value.split(",")) {
                if (!feature.isBlank()) {
                    features.add(feature.strip());
                }
            }
        }
        return String.join(",", features);
    }
}
