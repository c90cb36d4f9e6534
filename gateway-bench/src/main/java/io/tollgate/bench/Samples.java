package io.tollgate.bench;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Requests and events shaped like a provider's real ones: turns, escapes, text beyond ASCII. */
final class Samples {
    private static final String SENTENCE =
            "The pool refuses a caller after 250 ms, and the retry makes it worse.\\n\\nLook at the \\\"waiting\\\" gauge:"
                    + " it climbs before latency does – then compare p50 and p99 per route. ";
    private static final int SENTENCES_PER_TURN = 8;
    private static final String[] WORDS =
            ("harbour ships grain leaving berths the at of north tides Tuesday moored 1871"
                            + " waiting captain's a and crane lifted cargo of in was delayed unloading Rotterdam quay pilot fees paid"
                            + " for 14 containers über schedules moved manifest customs officers inspecting sailings early")
                    .split(" ");

    private Samples() {}

    /** A chat request of exactly {@code bytes} bytes, or of the shortest length there is when that is more. */
    static byte[] chatRequest(int bytes) {
        String end = "\"}],\"temperature\":0.7,\"max_tokens\":256}";
        StringBuilder body = new StringBuilder(
                "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"system\",\"content\":\"You are concise.");
        int sentence = utf8(SENTENCE);
        int length = utf8(body) + end.length();
        for (int i = 0; length + sentence + 40 < bytes; i++) {
            if (i % SENTENCES_PER_TURN == 0) {
                String role = i / SENTENCES_PER_TURN % 2 == 0 ? "user" : "assistant";
                String turn = "\"},{\"role\":\"" + role + "\",\"content\":\"";
                body.append(turn);
                length += turn.length();
            }
            body.append(SENTENCE);
            length += sentence;
        }
        body.append("x".repeat(Math.max(0, bytes - length))).append(end);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A chat of nine turns, of about {@code bytes} bytes: wordy instructions, sentences none of which comes twice, a
     * question at the end.
     */
    static byte[] conversation(int bytes) {
        Random random = new Random(bytes);
        String system = "You are a helper for a harbour's office.  Please answer in order to help the caller.\\n\\n\\n"
                + "It is important to note that \\\"berth\\\" means a place to moor. ";
        StringBuilder body =
                new StringBuilder("{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"system\",\"content\":\"");
        body.append(system).append("\"}");
        int turns = 9;
        for (int turn = 0; turn < turns; turn++) {
            body.append(",{\"role\":\"")
                    .append(turn % 2 == 0 ? "user" : "assistant")
                    .append("\",\"content\":\"");
            boolean last = turn == turns - 1;
            int until = last ? 0 : body.length() + (bytes - 200 - body.length()) / (turns - 1 - turn);
            do {
                sentence(random, body);
            } while (body.length() < until);
            body.append(last ? "When does the grain ship leave the north berth?\"}" : "\"}");
        }
        return body.append("],\"temperature\":0.7}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void sentence(Random random, StringBuilder out) {
        out.append("The");
        for (int words = 6 + random.nextInt(12); words > 0; words--) {
            out.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
            out.append(random.nextInt(12) == 0 ? "," : "");
        }
        out.append(random.nextInt(9) == 0 ? ".\\n\\n" : ". ");
    }

    /** One event of a streamed chat answer, its blank line included. */
    static byte[] chatEvent(String content) {
        return event(
                "{\"index\":0,\"delta\":{\"content\":\"" + content + "\"},\"logprobs\":null,\"finish_reason\":null}",
                "");
    }

    /** The event that tells the usage of a streamed chat answer. */
    static byte[] usageEvent() {
        return event(
                "",
                ",\"usage\":{\"prompt_tokens\":412,\"completion_tokens\":103,\"total_tokens\":515,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":128,\"audio_tokens\":0},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":0}}");
    }

    private static byte[] event(String choice, String more) {
        return ("data: {\"id\":\"chatcmpl-BenchA1b2C3d4E5f6G7h8I9j0\",\"object\":\"chat.completion.chunk\","
                        + "\"created\":1763800000,\"model\":\"gpt-4o-mini-2024-07-18\",\"service_tier\":\"default\","
                        + "\"system_fingerprint\":\"fp_0123456789\",\"choices\":[" + choice + "]" + more + "}\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static int utf8(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
