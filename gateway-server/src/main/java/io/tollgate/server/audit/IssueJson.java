package io.tollgate.server.audit;

import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Issues as JSON of our own, and as SARIF. */
final class IssueJson {
    /** In the order in which the report lists them. */
    private static final List<Rule> RULES = List.of(Rule.values());

    private static final JsonFactory FACTORY = new JsonFactory();

    private IssueJson() {}

    static String rows(List<Issue> issues) {
        return written(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("rows");
            for (Issue issue : issues) {
                json.writeStartObject();
                json.writeStringProperty("rule", issue.rule().id());
                json.writeStringProperty("name", issue.rule().title());
                json.writeStringProperty("level", issue.rule().level().wireName());
                json.writeStringProperty("path", issue.path());
                json.writeNumberProperty("line", issue.line());
                json.writeNumberProperty("column", issue.column());
                json.writeStringProperty("message", issue.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    static String sarif(List<Issue> issues) {
        return written(json -> {
            json.writeStartObject();
            json.writeStringProperty("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.writeStringProperty("version", "2.1.0");
            json.writeArrayPropertyStart("runs");
            json.writeStartObject();
            json.writeObjectPropertyStart("tool");
            json.writeObjectPropertyStart("driver");
            json.writeStringProperty("name", "tollgate audit");
            json.writeArrayPropertyStart("rules");
            for (Rule rule : Rule.values()) {
                rule(json, rule);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
            json.writeStringProperty("columnKind", "utf16CodeUnits");
            json.writeArrayPropertyStart("results");
            issues.forEach(issue -> result(json, issue));
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void rule(JsonGenerator json, Rule rule) {
        json.writeStartObject();
        json.writeStringProperty("id", rule.id());
        json.writeStringProperty("name", rule.title());
        text(json, "shortDescription", rule.help());
        json.writeObjectPropertyStart("defaultConfiguration");
        json.writeStringProperty("level", rule.level().wireName());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void result(JsonGenerator json, Issue issue) {
        json.writeStartObject();
        json.writeStringProperty("ruleId", issue.rule().id());
        json.writeNumberProperty("ruleIndex", RULES.indexOf(issue.rule()));
        json.writeStringProperty("level", issue.rule().level().wireName());
        text(json, "message", issue.message());
        json.writeArrayPropertyStart("locations");
        json.writeStartObject();
        json.writeObjectPropertyStart("physicalLocation");
        json.writeObjectPropertyStart("artifactLocation");
        json.writeStringProperty("uri", uri(issue.path()));
        json.writeEndObject();
        json.writeObjectPropertyStart("region");
        json.writeNumberProperty("startLine", issue.line());
        json.writeNumberProperty("startColumn", issue.column());
        json.writeNumberProperty("endLine", issue.endLine());
        json.writeNumberProperty("endColumn", issue.endColumn());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, String text) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("text", text);
        json.writeEndObject();
    }

    /** Relative where the path is, so that a code host finds the file in its checkout. */
    private static String uri(String path) {
        try {
            boolean absolute = path.startsWith("/");
            return new URI(absolute ? "file" : null, absolute ? "" : null, absolute ? path : "./" + path, null)
                    .normalize()
                    .toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(path + " is no path", e);
        }
    }

    private static String written(Consumer<JsonGenerator> what) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            what.accept(json);
        }
        return out.append('\n').toString();
    }
}
