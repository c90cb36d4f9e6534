package io.tollgate.core.dialect.json;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which members of a JSON object a dialect looks at and what it expects there. Members not named here are only
 * located. Immutable; built once per dialect.
 */
public final class Layout {
    /** What a member holds. Null counts as absent everywhere. */
    enum Kind {
        STRING("a string"),
        FLAG("true or false"),
        INTEGER("a whole number of at least 0"),
        TURNS("an array of objects"),
        TURNS_OR_TEXT("a string or an array of objects"),
        TEXT("text"),
        TOOLS("an array"),
        RAW_TEXT("any value"),
        OBJECT("an object");

        private final String expected;

        Kind(String expected) {
            this.expected = expected;
        }

        String expected() {
            return expected;
        }
    }

    /**
     * One member.
     *
     * @param name under which its value is asked for, whichever spelling the caller used
     * @param nested what stands inside, for objects
     */
    record Field(String name, Kind kind, @Nullable Layout nested) {}

    private final Map<String, Field> fields;
    private final Set<String> media;
    private final Set<String> silent;
    private final Set<String> toolLists;
    private final Set<String> textTypes;
    private final boolean protocolBuffers;

    private Layout(Builder builder) {
        this.fields = Map.copyOf(builder.fields);
        this.media = builder.media;
        this.silent = builder.silent;
        this.toolLists = builder.toolLists;
        this.textTypes = builder.textTypes;
        this.protocolBuffers = builder.protocolBuffers;
    }

    /** Nothing is looked at yet. */
    public static Builder builder() {
        return new Builder();
    }

    @Nullable
    Field field(String name) {
        return fields.get(name);
    }

    /** The name two spellings of one member share. */
    String canonical(String name) {
        Field field = fields.get(name);
        return field == null ? name : field.name();
    }

    boolean isMedium(String name) {
        return media.contains(name);
    }

    boolean isSilent(String name) {
        return silent.contains(name);
    }

    boolean isToolList(String name) {
        return toolLists.contains(name);
    }

    /** The {@code type}s of a medium that are text after all; empty where a medium is one whatever it holds. */
    Set<String> textTypes() {
        return textTypes;
    }

    boolean isProtocolBuffers() {
        return protocolBuffers;
    }

    /** Collects the members. */
    public static final class Builder {
        private final Map<String, Field> fields = new HashMap<>();
        private Set<String> media = Set.of();
        private Set<String> silent = Set.of();
        private Set<String> toolLists = Set.of();
        private Set<String> textTypes = Set.of();
        private boolean protocolBuffers;

        private Builder() {}

        /** A string. */
        public Builder string(String name) {
            return field(name, Kind.STRING, null);
        }

        /** True or false. */
        public Builder flag(String name) {
            return field(name, Kind.FLAG, null);
        }

        /** A whole number that is not negative. */
        public Builder integer(String name) {
            return field(name, Kind.INTEGER, null);
        }

        /** The conversation: an array of objects, each with a role (or else a type). */
        public Builder turns(String name) {
            return field(name, Kind.TURNS, null);
        }

        /** The conversation, or one plain string instead. */
        public Builder turnsOrText(String name) {
            return field(name, Kind.TURNS_OR_TEXT, null);
        }

        /** Anything: its strings are text a model reads; numbers in it are tokens, counted as four bytes each. */
        public Builder text(String name) {
            return field(name, Kind.TEXT, null);
        }

        /** An array of tools, each of which a model reads as JSON. */
        public Builder tools(String name) {
            return field(name, Kind.TOOLS, null);
        }

        /** An array whose elements hold their tools in a further array of one of these names. */
        public Builder tools(String name, String... nestedLists) {
            toolLists = Set.of(nestedLists);
            return field(name, Kind.TOOLS, null);
        }

        /** Anything a model reads as JSON, a schema for instance. */
        public Builder rawText(String name) {
            return field(name, Kind.RAW_TEXT, null);
        }

        /** An object with members of its own, which must not repeat either. */
        public Builder object(String name, Layout nested) {
            return field(name, Kind.OBJECT, nested);
        }

        /** Another spelling of a member that is already here: both at once is a duplicate. */
        public Builder alias(String spelling, String name) {
            Field field = fields.get(name);
            if (field == null) {
                throw new IllegalArgumentException("alias " + spelling + " of " + name + ", which is not laid out");
            }
            fields.put(spelling, field);
            return this;
        }

        /** Names whose values, inside a turn or text, are one image, file or sound rather than text. */
        public Builder media(String... names) {
            media = Set.of(names);
            return this;
        }

        /** Media are objects that name their type, and of these types they are text; a medium that is no object is silent. */
        public Builder readAsText(String... types) {
            textTypes = Set.of(types);
            return this;
        }

        /**
         * The body is read as protocol buffers' JSON: a list may be given as its only element, a whole number in quotes
         * or with a zero fraction.
         */
        public Builder protocolBuffers() {
            protocolBuffers = true;
            return this;
        }

        /** Names whose values, inside a turn or text, no model reads: types and ids. */
        public Builder silent(String... names) {
            silent = Set.of(names);
            return this;
        }

        private Builder field(String name, Kind kind, @Nullable Layout nested) {
            fields.put(name, new Field(name, kind, nested));
            return this;
        }

        /** The layout. */
        public Layout build() {
            return new Layout(this);
        }
    }
}
