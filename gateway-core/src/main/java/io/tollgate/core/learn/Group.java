package io.tollgate.core.learn;

/**
 * Calls that are alike.
 *
 * @param key the virtual key's id, or empty
 * @param model that answers
 * @param task the caller's word for what is done, or empty
 */
public record Group(String key, String model, String task) {
    /** Longer names are cut: they come from callers. */
    private static final int LONGEST = 128;

    /** Cuts names. */
    public Group {
        key = cut(key);
        model = cut(model);
        task = cut(task);
    }

    private static String cut(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }

    Group withoutTask() {
        return task.isEmpty() ? this : new Group(key, model, "");
    }

    Group modelAlone() {
        return key.isEmpty() && task.isEmpty() ? this : new Group("", model, "");
    }
}
