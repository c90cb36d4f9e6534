package io.tollgate.core.json;

/** The kinds of tokens a JSON document is made of; commas and colons are not told. */
public enum Token {
    /** A left brace. */
    START_OBJECT("an object"),
    /** A right brace. */
    END_OBJECT("the end of an object"),
    /** A left bracket. */
    START_ARRAY("an array"),
    /** A right bracket. */
    END_ARRAY("the end of an array"),
    /** A member's name; its colon is passed. */
    NAME("a name"),
    /** A string that is no name. */
    STRING("a string"),
    /** A number without fraction and exponent. */
    WHOLE("a number"),
    /** A number with a fraction or an exponent. */
    FRACTION("a number"),
    /** {@code true}. */
    TRUE("a boolean"),
    /** {@code false}. */
    FALSE("a boolean"),
    /** {@code null}. */
    NULL("null");

    private final String shown;

    Token(String shown) {
        this.shown = shown;
    }

    /** As it is called in a message. */
    public String shown() {
        return shown;
    }
}
