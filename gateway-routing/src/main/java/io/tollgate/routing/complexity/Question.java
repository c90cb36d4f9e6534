package io.tollgate.routing.complexity;

import io.tollgate.routing.complexity.text.Window;

/**
 * What a classifier looks at.
 *
 * @param text what the user last said; of long texts only the beginning and the end
 * @param tokens of the whole prompt, estimated
 * @param turns of the conversation, instructions not counted
 * @param tools offered
 * @param images and other media in the prompt
 * @param structured whether the answer must follow a schema
 * @param task as the caller's task header names it, or empty
 */
public record Question(String text, long tokens, int turns, int tools, int images, boolean structured, String task) {
    private static final int BYTES_PER_TOKEN = 4;

    /** One user message and nothing else. */
    public static Question of(String prompt) {
        return new Question(Window.of(prompt), tokens(prompt), 1, 0, 0, false, "");
    }

    /** The same, with a task named. */
    public Question withTask(String named) {
        return new Question(text, tokens, turns, tools, images, structured, named);
    }

    private static long tokens(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes / BYTES_PER_TOKEN;
    }
}
