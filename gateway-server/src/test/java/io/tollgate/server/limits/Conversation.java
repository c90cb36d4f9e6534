package io.tollgate.server.limits;

import java.util.ArrayList;
import java.util.List;

/** An agent's conversation as an SDK sends it: whole, again with every step, in one of the dialects. */
final class Conversation {
    /** The dialects and where they are spoken. */
    enum Form {
        CHAT("/v1/chat/completions"),
        RESPONSES("/v1/responses"),
        ANTHROPIC("/v1/messages"),
        GEMINI("/v1beta/models/gemini-2.5-flash:generateContent");

        final String path;

        Form(String path) {
            this.path = path;
        }
    }

    private final Form form;
    private final List<String> turns = new ArrayList<>();
    private int calls;

    Conversation(Form form, String prompt) {
        this.form = form;
        say(prompt);
    }

    /** The user speaks. */
    Conversation say(String text) {
        turns.add(
                form == Form.GEMINI
                        ? "{\"role\":\"user\",\"parts\":[{\"text\":\"" + text + "\"}]}"
                        : "{\"role\":\"user\",\"content\":\"" + text + "\"}");
        return this;
    }

    /** The model called a tool with these arguments, and it gave a result. */
    Conversation call(String tool, String arguments) {
        String id = "call_" + ++calls;
        String quoted = "\"" + arguments.replace("\"", "\\\"") + "\"";
        String result = "the result of " + tool;
        switch (form) {
            case CHAT -> {
                turns.add("{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"" + id
                        + "\",\"type\":\"function\",\"function\":{\"name\":\"" + tool + "\",\"arguments\":" + quoted
                        + "}}]}");
                turns.add("{\"role\":\"tool\",\"tool_call_id\":\"" + id + "\",\"content\":\"" + result + "\"}");
            }
            case RESPONSES -> {
                turns.add("{\"type\":\"function_call\",\"id\":\"fc_" + id + "\",\"call_id\":\"" + id + "\",\"name\":\""
                        + tool + "\",\"arguments\":" + quoted + "}");
                turns.add(
                        "{\"type\":\"function_call_output\",\"call_id\":\"" + id + "\",\"output\":\"" + result + "\"}");
            }
            case ANTHROPIC -> {
                turns.add("{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Let me see.\"},"
                        + "{\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"" + tool + "\",\"input\":"
                        + arguments
                        + "}]}");
                turns.add("{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"" + id
                        + "\",\"content\":\"" + result + "\"}]}");
            }
            case GEMINI -> {
                turns.add("{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"" + tool + "\",\"args\":"
                        + arguments + "}}]}");
                turns.add("{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"" + tool
                        + "\",\"response\":{\"output\":\"" + result + "\"}}}]}");
            }
        }
        return this;
    }

    /** The whole request. */
    String body() {
        return body(turns);
    }

    /** A request that holds only the end of the conversation, as clients send that keep within a window. */
    String lastTurns(int count) {
        return body(turns.subList(Math.max(0, turns.size() - count), turns.size()));
    }

    private String body(List<String> sent) {
        String history = "[" + String.join(",", sent) + "]";
        return switch (form) {
            case CHAT -> "{\"model\":\"gpt-4o-mini\",\"max_tokens\":40,\"messages\":" + history + "}";
            case RESPONSES -> "{\"model\":\"gpt-4o-mini\",\"max_output_tokens\":40,\"input\":" + history + "}";
            case ANTHROPIC -> "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":40,\"messages\":" + history + "}";
            case GEMINI -> "{\"generationConfig\":{\"maxOutputTokens\":40},\"contents\":" + history + "}";
        };
    }
}
