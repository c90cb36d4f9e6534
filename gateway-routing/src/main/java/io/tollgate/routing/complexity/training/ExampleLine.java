package io.tollgate.routing.complexity.training;

import io.tollgate.core.dialect.json.JsonSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One line of examples: {@code prompt} with {@code weak} and {@code strong}, with {@code scores} by model, or with {@code label}. */
final class ExampleLine {
    private static final String EXPECTED =
            "expected {\"prompt\":…} with \"weak\" and \"strong\", or \"scores\" by model, or \"label\"";

    private final Set<String> seen = new HashSet<>();
    private final Map<String, Double> scores = new HashMap<>();
    private @Nullable String prompt;
    private @Nullable String label;
    private @Nullable Double weak;
    private @Nullable Double strong;
    private String group = "";

    private ExampleLine() {}

    static Example parse(byte[] line, int source, @Nullable String weakModel, @Nullable String strongModel)
            throws TrainingException {
        try (JsonParser parser = JsonSource.open(line, 0, line.length)) {
            ExampleLine read = new ExampleLine();
            read.read(parser);
            return read.example(source, weakModel, strongModel);
        } catch (JacksonException e) {
            throw new TrainingException("is not valid JSON; " + EXPECTED);
        }
    }

    private void read(JsonParser parser) throws TrainingException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new TrainingException("is not a JSON object; " + EXPECTED);
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (!seen.add(name)) {
                throw new TrainingException("has '" + name + "' twice; expected every member once");
            }
            parser.nextToken();
            switch (name) {
                case "prompt" -> prompt = text(parser, name);
                case "label" -> label = text(parser, name);
                case "weak", "weak_correct" -> weak = quality(parser, name);
                case "strong", "strong_correct" -> strong = quality(parser, name);
                case "task", "domain", "group" -> group = text(parser, name);
                case "scores" -> readScores(parser);
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new TrainingException("goes on behind its JSON object; expected one example");
        }
    }

    private void readScores(JsonParser parser) throws TrainingException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new TrainingException("'scores' is no object; expected qualities by model");
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String model = parser.currentName();
            parser.nextToken();
            scores.put(model, quality(parser, "scores." + model));
        }
    }

    private static String text(JsonParser parser, String name) throws TrainingException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new TrainingException("'" + name + "' is no string; expected one");
        }
        return parser.getString();
    }

    private static double quality(JsonParser parser, String name) throws TrainingException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE ? 1 : 0;
        }
        double value = token.isNumeric() ? parser.getDoubleValue() : Double.NaN;
        if (!(value >= 0 && value <= 1)) {
            throw new TrainingException("'" + name + "' is " + parser.getString() + "; expected a quality from 0 to 1");
        }
        return value;
    }

    private Example example(int source, @Nullable String weakModel, @Nullable String strongModel)
            throws TrainingException {
        String asked = prompt;
        if (asked == null) {
            throw new TrainingException("has no prompt; " + EXPECTED);
        }
        if (label != null) {
            return switch (label) {
                case "simple" -> new Example(asked, 1, 1, group, source);
                case "complex" -> new Example(asked, 0, 1, group, source);
                default -> throw new TrainingException("label '" + label + "' is unknown; expected simple or complex");
            };
        }
        if (seen.contains("scores")) {
            return new Example(asked, score("--weak", weakModel), score("--strong", strongModel), group, source);
        }
        if (weak == null || strong == null) {
            throw new TrainingException("has no " + (weak == null ? "weak" : "strong") + "; " + EXPECTED);
        }
        return new Example(asked, weak, strong, group, source);
    }

    private double score(String option, @Nullable String model) throws TrainingException {
        if (model == null) {
            throw new TrainingException("has scores by model; expected " + option + " to name one of "
                    + scores.keySet().stream().sorted().toList());
        }
        Double score = scores.get(model);
        if (score == null) {
            throw new TrainingException("has no score of " + model + "; " + option + " is expected to be one of "
                    + scores.keySet().stream().sorted().toList());
        }
        return score;
    }
}
