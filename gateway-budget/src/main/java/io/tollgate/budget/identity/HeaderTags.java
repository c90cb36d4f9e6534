package io.tollgate.budget.identity;

import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.exchange.Tags;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tags from headers: Tollgate's own, and those of gateways people come from (Helicone, Portkey, LiteLLM, Cloudflare).
 * The nearer a header is to Tollgate the more it counts: {@code x-tollgate-team}, then {@code x-tollgate-tags}, then the
 * aliases.
 */
final class HeaderTags {
    private static final int MAX_TAGS = 64;
    private static final int MAX_LENGTH = 256;
    private static final String OWN = "x-tollgate-";

    /** {@code x-tollgate-NAME} headers that are tags; the others are switches. */
    private static final String[] NAMES = {"team", "feature", "environment", "user", "session", "task"};

    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, String> listed = new HashMap<>();
    private final Map<String, String> named = new HashMap<>();

    private HeaderTags() {}

    static Tags read(HttpHeaders headers) {
        HeaderTags found = null;
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            if (mayBeTag(header.getKey())) {
                found = found == null ? new HeaderTags() : found;
                found.take(
                        header.getKey().toString().toLowerCase(Locale.ROOT),
                        header.getValue().toString());
            }
        }
        return found == null ? Tags.NONE : found.tags();
    }

    private static boolean mayBeTag(CharSequence name) {
        if (name.length() < 12) {
            return false;
        }
        char first = (char) (name.charAt(0) | 0x20);
        return first == 'x' || first == 'h' || (first == 'c' && (name.charAt(1) | 0x20) == 'f');
    }

    private void take(String header, String value) {
        if (header.startsWith(OWN)) {
            own(header.substring(OWN.length()), value);
        } else if (header.startsWith("helicone-property-")) {
            put(aliases, header.substring("helicone-property-".length()), value, header);
        } else if (header.equals("helicone-user-id")) {
            put(aliases, "user", value, header);
        } else if (header.equals("helicone-session-id")) {
            put(aliases, "session", value, header);
        } else if (header.equals("x-litellm-tags")) {
            pairs(aliases, value, header);
        } else if (header.equals("x-portkey-metadata") || header.equals("cf-aig-metadata")) {
            for (Map.Entry<String, String> entry :
                    MetadataJson.read(value, header).entrySet()) {
                String name = entry.getKey().startsWith("_") ? entry.getKey().substring(1) : entry.getKey();
                put(aliases, name, entry.getValue(), header);
            }
        }
    }

    private void own(String name, String value) {
        if (name.equals("tags")) {
            pairs(listed, value, OWN + "tags");
            return;
        }
        for (String tag : NAMES) {
            if (tag.equals(name)) {
                put(named, tag, value, OWN + tag);
            }
        }
    }

    /** {@code k=v,k=v}; LiteLLM's plain words become tags with the value {@code true}. */
    private static void pairs(Map<String, String> into, String list, String header) {
        for (String pair : list.split(",")) {
            if (!pair.isBlank()) {
                int at = pair.indexOf('=');
                at = at < 0 ? pair.indexOf(':') : at;
                put(into, at < 0 ? pair : pair.substring(0, at), at < 0 ? "true" : pair.substring(at + 1), header);
            }
        }
    }

    private static void put(Map<String, String> into, @Nullable String rawName, String rawValue, String header) {
        String name = rawName == null ? "" : rawName.strip().toLowerCase(Locale.ROOT);
        String value = rawValue.strip();
        if (name.isEmpty()) {
            throw RefusedException.malformed(header + ": expected NAME=VALUE, got a tag without a name");
        }
        if (name.length() > MAX_LENGTH || value.length() > MAX_LENGTH || into.size() >= MAX_TAGS) {
            throw RefusedException.malformed(
                    header + ": expected at most " + MAX_TAGS + " tags of at most " + MAX_LENGTH
                            + " characters, got " + Math.max(name.length(), value.length()) + " characters in tag "
                            + (into.size() + 1));
        }
        if (!value.isEmpty()) {
            into.put(name, value);
        }
    }

    private Tags tags() {
        Map<String, String> all = aliases;
        all.putAll(listed);
        all.putAll(named);
        return Tags.of(all);
    }
}
