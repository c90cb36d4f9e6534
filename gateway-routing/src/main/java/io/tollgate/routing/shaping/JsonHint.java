package io.tollgate.routing.shaping;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.Members;
import io.tollgate.core.http.Members.Member;
import io.tollgate.core.http.RequestBody;
import java.util.List;
import java.util.Set;

/**
 * Switches a model's JSON mode on where the prompt asks for JSON and the caller set no format: OpenAI's
 * {@code response_format} and {@code text.format}, Google's {@code responseMimeType}. OpenAI refuses the mode where the
 * prompt does not speak of JSON, Google beside functions; Anthropic has none without a schema.
 */
final class JsonHint {
    private static final List<String> TOOLS = List.of("tools", "functions");
    private static final List<String> CONFIG = List.of("generationConfig", "generation_config");
    private static final List<String> FORMATS = List.of(
            "responseMimeType",
            "response_mime_type",
            "responseSchema",
            "response_schema",
            "responseJsonSchema",
            "response_json_schema",
            "responseModalities",
            "response_modalities");

    private JsonHint() {}

    /**
     * The edit that does it, or none.
     *
     * @param refused members the model refuses
     */
    static List<BodyEdit> edits(String dialect, RequestFacts facts, RequestBody body, Set<String> refused) {
        Members members = facts.members();
        if (TOOLS.stream().anyMatch(name -> members.get(name) != null) || !speaksOfJson(body)) {
            return List.of();
        }
        return switch (dialect) {
            case "openai-chat" ->
                members.get("response_format") == null && !refused.contains("response_format")
                        ? List.of(members.set("response_format", "{\"type\":\"json_object\"}"))
                        : List.of();
            case "openai-responses" ->
                members.get("text") == null && !refused.contains("text")
                        ? List.of(members.set("text", "{\"format\":{\"type\":\"json_object\"}}"))
                        : List.of();
            case "gemini" -> gemini(members);
            default -> List.of();
        };
    }

    /** Only into a configuration that is there: other edits may have to make one. */
    private static List<BodyEdit> gemini(Members members) {
        for (String name : CONFIG) {
            Member member = members.get(name);
            if (member != null) {
                Members config = member.inner();
                boolean free = config.open() >= 0 && FORMATS.stream().noneMatch(format -> config.get(format) != null);
                return free ? List.of(config.set("responseMimeType", "\"application/json\"")) : List.of();
            }
        }
        return List.of();
    }

    private static boolean speaksOfJson(RequestBody body) {
        byte[] bytes = body.array();
        int last = body.offset() + body.length() - 4;
        for (int i = body.offset(); i <= last; i++) {
            if ((bytes[i] | 0x20) == 'j'
                    && (bytes[i + 1] | 0x20) == 's'
                    && (bytes[i + 2] | 0x20) == 'o'
                    && (bytes[i + 3] | 0x20) == 'n') {
                return true;
            }
        }
        return false;
    }
}
