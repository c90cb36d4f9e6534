package io.tollgate.server.audit;

/** What is looked for. Ids are never used again for something else. */
public enum Rule {
    /** A file that is not what its name says. */
    UNREADABLE("TG000", "unreadable", Level.ERROR, "The file cannot be read as a prompt."),
    /** Words a model does not need. */
    FILLER("TG001", "filler", Level.NOTE, "Filler is paid for on every call; leave it out."),
    /** The same said twice. */
    REDUNDANCY("TG002", "redundancy", Level.WARNING, "A sentence or paragraph stands twice; once is enough."),
    /** What changes stands before what does not. */
    CACHEABILITY(
            "TG003",
            "cacheability",
            Level.WARNING,
            "Providers cache prompts from their beginning: move what changes from call to call behind what does not."),
    /** No cap on the answer. */
    MISSING_CAP("TG004", "missing-cap", Level.WARNING, "Nothing caps the answer's length; set max_tokens."),
    /** Many or long examples. */
    OVERSIZE_EXAMPLES(
            "TG005", "oversize-examples", Level.WARNING, "More than five examples rarely help; keep the telling ones."),
    /** A very long system prompt. */
    VERBOSE_SYSTEM("TG006", "verbose-system", Level.NOTE, "The system prompt is over 16,000 characters.");

    private final String id;
    private final String title;
    private final Level level;
    private final String help;

    Rule(String id, String title, Level level, String help) {
        this.id = id;
        this.title = title;
        this.level = level;
        this.help = help;
    }

    /** Stable, e.g. {@code TG004}. */
    public String id() {
        return id;
    }

    /** For people, e.g. {@code missing-cap}. */
    public String title() {
        return title;
    }

    /** How bad it is. */
    public Level level() {
        return level;
    }

    /** What to do about it. */
    public String help() {
        return help;
    }
}
