package io.tollgate.core.dialect.answer;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in an answer's JSON and the places below it. Arrays are transparent: a path leads through them to the members
 * of their elements. Built once per dialect, then only read.
 */
public final class Place {
    /** What stands at a place. */
    public enum Kind {
        /** Nothing but further places. */
        PASSAGE,
        /** An object of counts; a later one with any count in it replaces an earlier one whole. */
        USAGE,
        /** An object of some counts of a usage that is told in parts; each count told later replaces a smaller one. */
        USAGE_PART,
        /** A {@link Count}. */
        COUNT,
        /** The cost in USD. */
        COST,
        /** The cost in 1e-10 USD. */
        COST_TICKS,
        /** Whether the caller's own key was used and the upstream's cost comes on top. */
        OWN_KEY,
        /** What the upstream charged, in USD. */
        UPSTREAM_COST,
        /** The model that answered. */
        MODEL,
        /** Why generation ended; the first counts. */
        FINISH,
        /** A state that is one of several on the way to an end. */
        STATUS,
        /** The event's own type. */
        TYPE,
        /** The service tier used. */
        TIER,
        /** Generated text. */
        TEXT,
        /** Generated text where the answer is not streamed; in a stream it repeats what came in pieces. */
        WHOLE_TEXT,
        /** Says that something failed, unless it is null. */
        ERROR,
        /** The answer's id. */
        ID,
        /** Whether the answer is made in the background, to be fetched later. */
        BACKGROUND
    }

    private final Map<String, Place> members = new HashMap<>();
    private Kind kind;
    private @Nullable Count count;

    private Place(Kind kind) {
        this.kind = kind;
    }

    /** A place without members yet. */
    public static Place of(Kind kind) {
        return new Place(kind);
    }

    /** Puts a kind at a path below, names joined by dots. */
    public Place at(String path, Kind what) {
        below(path).kind = what;
        return this;
    }

    /** Puts a count at several paths below: the names different hosts have for it. */
    public Place count(Count what, String... paths) {
        for (String path : paths) {
            Place place = below(path);
            place.kind = Kind.COUNT;
            place.count = what;
        }
        return this;
    }

    /** Puts a whole place, shared by several, at a path below. */
    public Place attach(String path, Place shared) {
        int dot = path.lastIndexOf('.');
        Place parent = dot < 0 ? this : below(path.substring(0, dot));
        parent.members.put(path.substring(dot + 1), shared);
        return this;
    }

    private Place below(String path) {
        Place place = this;
        for (String name : path.split("\\.")) {
            place = place.members.computeIfAbsent(name, missing -> new Place(Kind.PASSAGE));
        }
        return place;
    }

    @Nullable
    Place member(String name) {
        return members.get(name);
    }

    Kind kind() {
        return kind;
    }

    @Nullable
    Count count() {
        return count;
    }
}
