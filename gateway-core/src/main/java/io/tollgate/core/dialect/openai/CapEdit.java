package io.tollgate.core.dialect.openai;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.json.ParsedObject;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.Members;
import io.tollgate.core.http.Members.Member;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and sets the cap on output tokens where a dialect has one or two names for it.
 *
 * @param names the dialect's own name first
 */
public record CapEdit(List<String> names) {
    /** Of a dialect whose answers have no length to cap. */
    public static final CapEdit NONE = new CapEdit(List.of());

    /** The name the caller used, the dialect's own first; null when it set no cap. */
    public @Nullable String field(ParsedObject root) {
        for (String name : names) {
            if (root.integer(name) >= 0) {
                return name;
            }
        }
        return null;
    }

    /** The caller's cap; the greater one when it set two, since a host may read either. -1 when absent. */
    public long value(ParsedObject root) {
        long cap = -1;
        for (String name : names) {
            cap = Math.max(cap, root.integer(name));
        }
        return cap;
    }

    /**
     * Sets the cap; nothing where there is no body to set it in. A member under the dialect's other name is renamed, or taken out when there are two: hosts refuse
     * a request that has both.
     */
    public List<BodyEdit> set(RequestFacts facts, @Nullable String wanted, long tokens) {
        if (names.isEmpty() || facts.members().open() < 0) {
            return List.of();
        }
        String name = wanted != null ? wanted : facts.capField() != null ? facts.capField() : names.getFirst();
        Members members = facts.members();
        Member own = members.get(name);
        List<BodyEdit> edits = new ArrayList<>(2);
        Member renamed = own == null ? other(members, name) : null;
        edits.add(
                renamed == null
                        ? members.set(name, Long.toString(tokens))
                        : BodyEdit.replace(renamed.whole(), "\"" + name + "\":" + tokens));
        Member surplus = own == null ? null : other(members, name);
        if (surplus != null) {
            edits.add(members.remove(surplus.name()));
        }
        return edits;
    }

    private @Nullable Member other(Members members, String name) {
        for (String candidate : names) {
            Member member = candidate.equals(name) ? null : members.get(candidate);
            if (member != null) {
                return member;
            }
        }
        return null;
    }
}
