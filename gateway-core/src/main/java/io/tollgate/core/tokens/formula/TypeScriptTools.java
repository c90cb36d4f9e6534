package io.tollgate.core.tokens.formula;

import io.tollgate.core.tokens.prompt.Json;
import io.tollgate.core.tokens.prompt.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Function tools as OpenAI shows them to its models: a TypeScript namespace with a type per function, comments for
 * descriptions and titles. The form is the one openai/harmony publishes for its open models; blanks, titles and open
 * objects are as recorded token counts of GPT-4o to GPT-5 say.
 */
final class TypeScriptTools {
    private static final int DEEPEST = 32;
    private static final int LONGEST = 1 << 17;

    private final Json schema;
    private final StringBuilder out;

    private TypeScriptTools(Json schema, StringBuilder out) {
        this.schema = schema;
        this.out = out;
    }

    static String render(List<Tool> tools) {
        StringBuilder out = new StringBuilder("namespace functions {\n\n");
        for (Tool tool : tools) {
            if (!tool.description().isBlank()) {
                comment(tool.description(), out);
            }
            out.append("type ").append(tool.name()).append(" = (");
            new TypeScriptTools(tool.parameters(), out).parameters();
            out.append(") => any;\n\n");
        }
        return out.append("} // namespace functions").toString();
    }

    private static void comment(String text, StringBuilder out) {
        out.append("// ");
        boolean first = true;
        for (String line : text.strip().split("\n", -1)) {
            out.append(first ? "" : "\n").append(line.strip());
            first = false;
        }
        out.append('\n');
    }

    private void parameters() {
        if (schema.get("properties").members().isEmpty()) {
            boolean open =
                    schema.has("type") && !schema.get("additionalProperties").isFalse();
            out.append(open ? "_: {\n[k: string]: any,\n}" : "");
            return;
        }
        out.append("_: ");
        if (schema.has("title")) {
            comment(schema.get("title").text(), out);
        }
        if (schema.has("description")) {
            comment(schema.get("description").text(), out);
        }
        object(schema, 0);
    }

    private void object(Json object, int depth) {
        List<String> required = new ArrayList<>();
        object.get("required").elements().forEach(name -> required.add(name.text()));
        out.append("{\n");
        for (Map.Entry<String, Json> property :
                object.get("properties").members().entrySet()) {
            Json value = property.getValue();
            if (value.has("title")) {
                comment(value.get("title").text(), out);
            }
            if (value.has("description")) {
                comment(value.get("description").text(), out);
            }
            out.append(property.getKey()).append(required.contains(property.getKey()) ? ": " : "?: ");
            type(value, depth);
            out.append(',');
            if (value.has("default")) {
                out.append(" // default: ")
                        .append(
                                value.has("enum")
                                        ? value.get("default").textOrJson()
                                        : value.get("default").compact());
            }
            out.append('\n');
        }
        out.append('}');
    }

    private void type(Json value, int depth) {
        if (depth > DEEPEST || out.length() > LONGEST) {
            out.append("any");
        } else if (value.get("$ref") instanceof Json.Text reference) {
            type(definition(reference.value()), depth + 1);
        } else if (value.has("anyOf") || value.has("oneOf")) {
            union(value.either("anyOf", "oneOf").elements(), " | ", depth);
        } else if (value.has("allOf")) {
            union(value.get("allOf").elements(), " & ", depth);
        } else if (value.get("type") instanceof Json.Elements types) {
            out.append(String.join(
                    " | ", types.list().stream().map(TypeScriptTools::simple).toList()));
        } else if (value.has("const")) {
            out.append(value.get("const").compact());
        } else if (value.has("enum")) {
            out.append(String.join(
                    " | ",
                    value.get("enum").elements().stream().map(Json::compact).toList()));
        } else {
            single(value, depth);
        }
    }

    private void single(Json value, int depth) {
        String type = value.get("type").text();
        if (type.equals("array")) {
            if (value.has("items")) {
                type(value.get("items"), depth + 1);
            } else {
                out.append("any");
            }
            out.append("[]");
        } else if (value.get("properties").members().isEmpty()) {
            out.append(simple(value.get("type")));
        } else {
            object(value, depth + 1);
        }
    }

    private static String simple(Json type) {
        return switch (type.text()) {
            case "string", "boolean", "null", "number", "object" -> type.text();
            case "integer" -> "number";
            default -> "any";
        };
    }

    private void union(List<Json> types, String between, int depth) {
        for (int i = 0; i < types.size(); i++) {
            out.append(i == 0 ? "" : between);
            type(types.get(i), depth + 1);
        }
    }

    /** What {@code #/$defs/Name} stands for. */
    private Json definition(String reference) {
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        return schema.either("$defs", "definitions").get(name);
    }
}
