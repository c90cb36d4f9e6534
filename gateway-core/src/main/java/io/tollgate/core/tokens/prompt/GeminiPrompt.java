package io.tollgate.core.tokens.prompt;

import java.util.ArrayList;
import java.util.List;

/** Google's generateContent, in both spellings it takes. Source: Google's API reference. */
final class GeminiPrompt {
    private GeminiPrompt() {}

    static void read(Json root, Prompt.Builder prompt) {
        Json system = root.either("systemInstruction", "system_instruction");
        if (!system.isNothing()) {
            prompt.messages.add(new Message("system", parts(system)));
        }
        for (Json content : root.either("contents", "content").elements()) {
            prompt.messages.add(new Message(content.get("role").text(), parts(content)));
        }
        for (Json request : root.get("requests").elements()) {
            prompt.messages.add(new Message("user", parts(request.get("content"))));
        }
        for (Json tool : root.get("tools").elements()) {
            Json declarations = tool.either("functionDeclarations", "function_declarations");
            for (Json declaration : declarations.elements()) {
                prompt.tools.add(function(declaration));
            }
            if (declarations.isNothing()) {
                prompt.providerTools.addAll(tool.members().keySet());
            }
        }
        Json config = root.either("generationConfig", "generation_config");
        Json schema = config.either("responseSchema", "response_schema");
        prompt.schema = schema.isNothing() ? config.either("responseJsonSchema", "response_json_schema") : schema;
        Json calling =
                root.either("toolConfig", "tool_config").either("functionCallingConfig", "function_calling_config");
        prompt.forced = calling.get("mode").text().equals("ANY") ? "*" : "";
    }

    private static Tool function(Json function) {
        Json parameters = function.get("parameters");
        return new Tool(
                function.get("name").text(),
                function.get("description").text(),
                parameters.isNothing()
                        ? function.either("parametersJsonSchema", "parameters_json_schema")
                        : parameters);
    }

    private static List<Part> parts(Json content) {
        List<Part> parts = new ArrayList<>();
        if (content instanceof Json.Text text) {
            parts.add(new Part.Words(text.value()));
        }
        for (Json part : content.get("parts").elements()) {
            read(part, parts);
        }
        return parts;
    }

    private static void read(Json part, List<Part> parts) {
        Json call = part.either("functionCall", "function_call");
        Json answer = part.either("functionResponse", "function_response");
        Json inline = part.either("inlineData", "inline_data");
        Json file = part.either("fileData", "file_data");
        if (!call.isNothing()) {
            parts.add(new Part.Call(call.get("name").text(), call.get("args").textOrJson()));
        } else if (!answer.isNothing()) {
            parts.add(new Part.Result(
                    answer.get("name").text(), answer.get("response").textOrJson()));
        } else if (!inline.isNothing()) {
            parts.add(new Part.Media(new Medium(kind(inline), inline.get("data").text(), false)));
        } else if (!file.isNothing()) {
            parts.add(new Part.Media(new Medium(kind(file), "", false)));
        } else if (!part.get("text").text().isEmpty()) {
            parts.add(new Part.Words(part.get("text").text()));
        }
        String signature = part.either("thoughtSignature", "thought_signature").text();
        if (!signature.isEmpty()) {
            parts.add(new Part.SealedThought(signature.length()));
        }
    }

    private static Medium.Kind kind(Json data) {
        return Medium.Kind.of(data.either("mimeType", "mime_type").text());
    }
}
