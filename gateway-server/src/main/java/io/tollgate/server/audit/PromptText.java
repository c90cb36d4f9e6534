package io.tollgate.server.audit;

/**
 * A text of a prompt and where it stands in its file.
 *
 * @param role whose words they are: system, user, assistant
 * @param value the text
 * @param line where it begins, from 1
 * @param column where it begins, from 1
 * @param verbatim whether it stands in the file as it is, so that places within it are places in the file
 */
record PromptText(String role, String value, int line, int column, boolean verbatim) {
    boolean isSystem() {
        return role.equals("system") || role.equals("developer");
    }

    Issue issue(Rule rule, String path, int start, int end, String message) {
        if (!verbatim) {
            return new Issue(rule, path, line, column, line, column + 1, message);
        }
        int[] from = place(start);
        int[] to = place(end);
        return new Issue(rule, path, from[0], from[1], to[0], to[1], message);
    }

    private int[] place(int offset) {
        int at = line;
        int begin = 0;
        for (int i = 0; i < offset; i++) {
            if (value.charAt(i) == '\n') {
                at++;
                begin = i + 1;
            }
        }
        return new int[] {at, offset - begin + (at == line ? column : 1)};
    }
}
