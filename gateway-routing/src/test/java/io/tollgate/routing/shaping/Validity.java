package io.tollgate.routing.shaping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the providers refuse a conversation for. Source: their API references and the errors they answer with. */
final class Validity {
    private final List<String> problems = new ArrayList<>();

    private Validity() {}

    static List<String> problems(String dialect, String json) {
        Map<String, Object> request = Json.object(Json.read(json));
        Validity validity = new Validity();
        switch (dialect) {
            case "openai-chat" -> validity.chat(Json.list(request.get("messages")));
            case "openai-responses" -> validity.responses(Json.list(request.get("input")));
            case "anthropic" -> validity.anthropic(Json.list(request.get("messages")));
            default -> validity.gemini(Json.list(request.get("contents")));
        }
        return validity.problems;
    }

    private void check(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private static String text(Map<String, Object> of, String name) {
        return Objects.requireNonNullElse(of.get(name), "").toString();
    }

    private static Set<String> ids(List<?> blocks, @Nullable String type, String id) {
        Set<String> ids = new HashSet<>();
        for (Object block : blocks) {
            Map<String, Object> members = Json.object(block);
            if (type == null || text(members, "type").equals(type)) {
                ids.add(text(members, id));
            }
        }
        return ids;
    }

    private void said(@Nullable Object content) {
        if (content instanceof String words) {
            check(!words.isEmpty(), "empty content");
            return;
        }
        check(!Json.list(content).isEmpty(), "no content");
        for (Object block : Json.list(content)) {
            Map<String, Object> members = Json.object(block);
            check(!members.containsKey("text") || !text(members, "text").isEmpty(), "empty text");
        }
    }

    /** An assistant message with tool calls must be followed by tool messages for each of them. */
    private void chat(List<?> messages) {
        Set<String> open = new HashSet<>();
        boolean user = false;
        for (Object each : messages) {
            Map<String, Object> message = Json.object(each);
            String role = text(message, "role");
            if (role.equals("tool")) {
                check(open.remove(text(message, "tool_call_id")), "a tool message answers no call before it");
            } else {
                check(open.isEmpty(), "tool calls without an answer: " + open);
                open = ids(Json.list(message.get("tool_calls")), null, "id");
            }
            user |= role.equals("user");
            check(user || role.equals("system") || role.equals("developer"), role + " before any user");
            if (open.isEmpty() || !role.equals("assistant")) {
                said(Objects.requireNonNullElse(message.get("content"), ""));
            }
        }
        check(user, "no user turn");
        check(open.isEmpty(), "tool calls without an answer at the end: " + open);
    }

    /** Calls have outputs behind them, outputs calls, and what a model thought is followed by what it led to. */
    private void responses(List<?> items) {
        Set<String> open = new HashSet<>();
        boolean thought = false;
        for (Object each : items) {
            Map<String, Object> item = Json.object(each);
            String type = text(item, "type");
            boolean models = type.equals("function_call") || text(item, "role").equals("assistant");
            check(!thought || models, "reasoning without what it led to");
            check(models || !text(item, "of").equals("model"), "a model's item out of place");
            boolean needed = text(item, "id").startsWith("thought");
            check(!needed || thought || type.equals("reasoning"), "an item without its reasoning");
            thought = type.equals("reasoning");
            if (type.equals("function_call")) {
                open.add(text(item, "call_id"));
            } else if (type.equals("function_call_output")) {
                check(open.remove(text(item, "call_id")), "an output of no call before it");
            } else if (!thought) {
                said(Objects.requireNonNullElse(item.get("content"), ""));
            }
        }
        check(!thought, "reasoning at the end");
        check(open.isEmpty(), "calls without an output at the end: " + open);
    }

    /** Turns alternate from a user's on; results stand first in the turn right behind their calls, all of them. */
    private void anthropic(List<?> messages) {
        Set<String> open = Set.of();
        String expected = "user";
        for (Object each : messages) {
            Map<String, Object> message = Json.object(each);
            check(text(message, "role").equals(expected), "roles do not alternate");
            expected = expected.equals("user") ? "assistant" : "user";
            said(message.get("content"));
            List<?> blocks = Json.list(message.get("content"));
            check(
                    ids(blocks, "tool_result", "tool_use_id").equals(open),
                    "results " + blocks + " are not those of " + open);
            boolean others = false;
            for (Object block : blocks) {
                String type = text(Json.object(block), "type");
                check(!type.equals("tool_result") || !others, "a result behind other blocks");
                check(!type.equals("thinking") || !others, "thinking behind other blocks");
                others |= !type.equals("tool_result") && !type.equals("thinking");
            }
            open = ids(blocks, "tool_use", "id");
        }
        check(open.isEmpty(), "calls without results");
    }

    /** Turns alternate from a user's on; responses stand in the turn right behind their calls, as many. */
    private void gemini(List<?> contents) {
        List<String> open = List.of();
        boolean user = true;
        for (Object each : contents) {
            Map<String, Object> content = Json.object(each);
            check(text(content, "role").equals("model") != user, "roles do not alternate");
            user = !user;
            List<?> parts = Json.list(content.get("parts"));
            said(parts);
            check(named(parts, "functionResponse").equals(open), "responses are not those of " + open);
            open = named(parts, "functionCall");
        }
        check(open.isEmpty(), "calls without responses");
    }

    private static List<String> named(List<?> parts, String kind) {
        return parts.stream()
                .map(part -> text(Json.object(Json.object(part).get(kind)), "name"))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
