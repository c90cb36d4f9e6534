package io.tollgate.cache.key;

import io.tollgate.cache.key.Watch.Test;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a dialect's request is read for its key: the members that cannot change the answer, each left out at its exact
 * place, and those that forbid to keep the answer. Everything else, known or not, is part of the key. Immutable.
 */
final class RequestRules {
    private final Place root;
    private final Map<String, Inherited> anywhere;

    private RequestRules(Builder builder) {
        this.root = builder.root;
        this.anywhere = Map.copyOf(builder.anywhere);
    }

    static Builder builder() {
        return new Builder();
    }

    Place root() {
        return root;
    }

    /** What is watched for under this name wherever it stands, or null. */
    @Nullable
    Watch anywhere(String name, @Nullable String parent) {
        Inherited inherited = anywhere.get(name);
        if (inherited == null) {
            return null;
        }
        Watch inside = parent == null ? null : inherited.byParent.get(parent);
        return inside != null ? inside : inherited.always;
    }

    /** A place in the request; arrays on the way to it do not count. */
    static final class Place {
        private final Map<String, Place> inner = new HashMap<>();
        private boolean leftOut;
        private @Nullable Watch watch;

        @Nullable
        Place inner(String name) {
            return inner.get(name);
        }

        boolean isLeftOut() {
            return leftOut;
        }

        @Nullable
        Watch watch() {
            return watch;
        }
    }

    private static final class Inherited {
        private final Map<String, Watch> byParent = new HashMap<>();
        private @Nullable Watch always;
    }

    /** Collects the rules; places are dotted paths from the root. */
    static final class Builder {
        private final Place root = new Place();
        private final Map<String, Inherited> anywhere = new HashMap<>();

        private Builder() {}

        Builder leaveOut(String... places) {
            for (String place : places) {
                at(place).leftOut = true;
            }
            return this;
        }

        Builder bypass(BypassReason reason, Test test, String... places) {
            for (String place : places) {
                at(place).watch = new Watch(reason, test, null);
            }
            return this;
        }

        Builder bypassWord(BypassReason reason, String place, String word) {
            at(place).watch = new Watch(reason, Test.EQUALS, word);
            return this;
        }

        /** Under these names wherever they stand; {@code parent.name} only directly inside a member {@code parent}. */
        Builder bypassAnywhere(BypassReason reason, Test test, String... names) {
            for (String name : names) {
                int dot = name.indexOf('.');
                Inherited inherited = anywhere.computeIfAbsent(name.substring(dot + 1), any -> new Inherited());
                Watch watch = new Watch(reason, test, null);
                if (dot < 0) {
                    inherited.always = watch;
                } else {
                    inherited.byParent.put(name.substring(0, dot), watch);
                }
            }
            return this;
        }

        private Place at(String path) {
            Place place = root;
            for (String name : path.split("\\.")) {
                place = place.inner.computeIfAbsent(name, any -> new Place());
            }
            return place;
        }

        RequestRules build() {
            return new RequestRules(this);
        }
    }
}
