package io.tollgate.core.dialect.gemini;

import io.tollgate.core.dialect.json.Layout;

/** What is read of a request's body, in both spellings Google takes: both at once are a duplicate. */
final class GeminiRequest {
    static final String CANDIDATES = "candidateCount";

    private static final String[] MEDIA = {"inlineData", "inline_data", "fileData", "file_data"};
    private static final String[] SILENT = {
        "role", "model", "taskType", "task_type", "thoughtSignature", "thought_signature", "mimeType", "mime_type"
    };

    private static final Layout CONFIG = Layout.builder()
            .protocolBuffers()
            .integer(GeminiCap.FIELD)
            .alias(GeminiCap.FIELD_SNAKE, GeminiCap.FIELD)
            .integer(CANDIDATES)
            .alias("candidate_count", CANDIDATES)
            .rawText("responseSchema")
            .alias("response_schema", "responseSchema")
            .rawText("responseJsonSchema")
            .alias("response_json_schema", "responseJsonSchema")
            .build();

    /** Of all methods: embeddings have {@code content} or {@code requests}, the others {@code contents}. */
    static final Layout LAYOUT = Layout.builder()
            .protocolBuffers()
            .string("model")
            .object(GeminiCap.CONFIG, CONFIG)
            .alias(GeminiCap.CONFIG_SNAKE, GeminiCap.CONFIG)
            .turns("contents")
            .text("systemInstruction")
            .alias("system_instruction", "systemInstruction")
            .tools("tools", "functionDeclarations", "function_declarations")
            .text("content")
            .text("requests")
            .media(MEDIA)
            .silent(SILENT)
            .build();

    private GeminiRequest() {}
}
