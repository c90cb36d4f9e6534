package io.tollgate.server.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads requests of any dialect from JSON or YAML, which a YAML parser both reads, with the places of their texts. */
final class RequestNodes {
    private static final int MOST_DEPTH = 64;
    private static final int MOST_BRACKETS = 500;
    private static final int MOST_TEXTS = 20_000;
    private static final Set<String> PROMPT_MEMBERS = Set.of("messages", "contents", "input", "prompt");
    private static final Set<String> SYSTEM_MEMBERS =
            Set.of("system", "instructions", "systemInstruction", "system_instruction");
    private static final Set<String> CAPS =
            Set.of("max_tokens", "max_completion_tokens", "max_output_tokens", "maxOutputTokens");
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(50)
            .setCodePointLimit(PromptFiles.MOST_CHARS)
            .build();

    private final String path;
    private final int lineOffset;
    private final List<AuditedPrompt> prompts = new ArrayList<>();

    private RequestNodes(String path, int lineOffset) {
        this.path = path;
        this.lineOffset = lineOffset;
    }

    /** The prompts of a document that begins so many lines into its file; none where it holds no request. */
    static List<AuditedPrompt> read(String path, String text, int lineOffset) {
        bound(text);
        RequestNodes nodes = new RequestNodes(path, lineOffset);
        Composer composer = new Composer(SETTINGS, new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text)));
        while (composer.hasNext()) {
            nodes.document(composer.next());
        }
        return nodes.prompts;
    }

    /** The parser calls itself for each level. */
    private static void bound(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            if (depth > MOST_BRACKETS) {
                throw new IllegalArgumentException("more than " + MOST_BRACKETS + " brackets are open at a time");
            }
        }
    }

    private void document(Node node) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(this::request);
        } else {
            request(node);
        }
    }

    private void request(Node node) {
        Map<String, Node> members = members(node);
        Node inner = members.get("request");
        if (inner instanceof MappingNode) {
            request(inner);
            return;
        }
        if (PROMPT_MEMBERS.stream().noneMatch(members::containsKey)) {
            return;
        }
        List<PromptText> texts = new ArrayList<>();
        for (Map.Entry<String, Node> member : members.entrySet()) {
            if (SYSTEM_MEMBERS.contains(member.getKey())) {
                texts(member.getValue(), "system", texts, 0);
            }
        }
        for (Map.Entry<String, Node> member : members.entrySet()) {
            if (PROMPT_MEMBERS.contains(member.getKey())) {
                texts(member.getValue(), "user", texts, 0);
            }
        }
        boolean whole = members.size() > 1 || !members.containsKey("prompt");
        prompts.add(new AuditedPrompt(path, line(node), column(node), whole, capped(members), texts));
    }

    private static boolean capped(Map<String, Node> members) {
        Node config = members.getOrDefault("generationConfig", members.get("generation_config"));
        return CAPS.stream().anyMatch(members::containsKey)
                || (config != null && CAPS.stream().anyMatch(members(config)::containsKey));
    }

    private void texts(Node node, String role, List<PromptText> into, int depth) {
        if (depth > MOST_DEPTH) {
            throw new IllegalArgumentException("nested more than " + MOST_DEPTH + " deep");
        }
        if (into.size() > MOST_TEXTS) {
            throw new IllegalArgumentException("more than " + MOST_TEXTS + " texts in one prompt");
        }
        if (node instanceof ScalarNode scalar) {
            into.add(new PromptText(role, scalar.getValue(), line(node), column(node), false));
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(each -> texts(each, role, into, depth + 1));
        } else {
            Map<String, Node> members = members(node);
            String whose = members.get("role") instanceof ScalarNode named ? named.getValue() : role;
            for (String name : List.of("text", "content", "parts")) {
                Node value = members.get(name);
                if (value != null) {
                    texts(value, whose, into, depth + 1);
                }
            }
        }
    }

    private static Map<String, Node> members(@Nullable Node node) {
        Map<String, Node> members = new java.util.LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    members.put(key.getValue(), tuple.getValueNode());
                }
            }
        }
        return members;
    }

    private int line(Node node) {
        return lineOffset + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static int column(Node node) {
        return Optional.of(node)
                .flatMap(Node::getStartMark)
                .map(mark -> mark.getColumn() + 1)
                .orElse(1);
    }
}
