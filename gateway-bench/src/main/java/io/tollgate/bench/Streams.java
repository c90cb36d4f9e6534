package io.tollgate.bench;

import java.nio.charset.StandardCharsets;

/** Streamed answers shaped like the providers' real ones, cut at their events. */
final class Streams {
    private static final String[] WORDS = {
        " the", " pool", " waits", " because", " 250 ms", " –", " \\\"slow\\\"", "\\n"
    };

    private Streams() {}

    /** A chat answer: words, the finish, the usage, the end. */
    static byte[][] chat(int events) {
        byte[][] stream = new byte[events][];
        for (int i = 0; i < events - 2; i++) {
            stream[i] = Samples.chatEvent(WORDS[i % WORDS.length]);
        }
        stream[events - 2] = Samples.usageEvent();
        stream[events - 1] = utf8("data: [DONE]\n\n");
        return stream;
    }

    /** A response: its deltas, and the event that completes it. */
    static byte[][] responses(int events) {
        byte[][] stream = new byte[events][];
        for (int i = 0; i < events - 1; i++) {
            stream[i] = utf8("event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\","
                    + "\"sequence_number\":" + i + ",\"item_id\":\"msg_0123456789abcdef0123456789abcdef\","
                    + "\"output_index\":0,\"content_index\":0,\"delta\":\"" + WORDS[i % WORDS.length]
                    + "\",\"logprobs\":[],\"obfuscation\":\"aK3jd8\"}\n\n");
        }
        stream[events - 1] = utf8(
                "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{"
                        + "\"id\":\"resp_1\",\"status\":\"completed\",\"model\":\"gpt-5\",\"output\":[{\"type\":\"message\"}],"
                        + "\"usage\":{\"input_tokens\":412,\"input_tokens_details\":{\"cached_tokens\":128},"
                        + "\"output_tokens\":198,\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":610}}}\n\n");
        return stream;
    }

    /** A message: its start, deltas, and the delta that ends it. */
    static byte[][] messages(int events) {
        byte[][] stream = new byte[events][];
        stream[0] = utf8("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\","
                + "\"model\":\"claude-sonnet-5\",\"usage\":{\"input_tokens\":412,\"cache_read_input_tokens\":128,"
                + "\"output_tokens\":1}}}\n\n");
        for (int i = 1; i < events - 1; i++) {
            stream[i] = utf8("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                    + "\"delta\":{\"type\":\"text_delta\",\"text\":\"" + WORDS[i % WORDS.length]
                    + "\"}          }\n\n");
        }
        stream[events - 1] = utf8("event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
                + "\"end_turn\"},\"usage\":{\"input_tokens\":412,\"cache_read_input_tokens\":128,"
                + "\"output_tokens\":198}}\n\n");
        return stream;
    }

    /** A Gemini answer: every chunk tells the usage so far. */
    static byte[][] gemini(int events) {
        byte[][] stream = new byte[events][];
        for (int i = 0; i < events; i++) {
            stream[i] = utf8("data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \""
                    + WORDS[i % WORDS.length] + "\"}],\"role\": \"model\"},\"index\": 0}],\"usageMetadata\": {"
                    + "\"promptTokenCount\": 412,\"candidatesTokenCount\": " + i + ",\"totalTokenCount\": " + (412 + i)
                    + ",\"promptTokensDetails\": [{\"modality\": \"TEXT\",\"tokenCount\": 412}]},"
                    + "\"modelVersion\": \"gemini-3-flash\",\"responseId\": \"aB3\"}\r\n\r\n");
        }
        return stream;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
