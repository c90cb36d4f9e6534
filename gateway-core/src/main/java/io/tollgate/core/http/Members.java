package io.tollgate.core.http;

import io.tollgate.core.http.BodyEdit.MemberChange;
import io.tollgate.core.http.BodyEdit.Splice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object and where they stand, in order.
 *
 * @param open position just behind the opening brace, or -1 when there is no object
 * @param list the members
 */
public record Members(int open, List<Member> list) {
    /** No object. */
    public static final Members NONE = new Members(-1, List.of());

    /**
     * One member.
     *
     * @param whole from the name's opening quote to the value's last byte
     * @param value the value alone
     * @param inner the members of the value, where it is an object the dialect looks into; otherwise {@link #NONE}
     */
    public record Member(String name, Span whole, Span value, Members inner) {}

    /** The member of this name, or null. */
    public @Nullable Member get(String name) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).name().equals(name)) {
                return list.get(i);
            }
        }
        return null;
    }

    /** The members inside a member of this name; {@link #NONE} where there is no object the dialect looks into. */
    public Members inner(String name) {
        Member member = get(name);
        return member == null ? NONE : member.inner();
    }

    /** Sets a member: replaces its value where it stands, or inserts it as the first one. {@code json} is its value. */
    public BodyEdit set(String name, String json) {
        return new MemberChange(this, name, json);
    }

    /** Takes a member out, if it is there. */
    public BodyEdit remove(String name) {
        return new MemberChange(this, name, null);
    }

    /** What changes of this object, at most one for each name, come to in its bytes. */
    void splice(List<MemberChange> changes, List<Splice> splices) {
        int removed = 0;
        for (int i = 0; i < list.size(); i++) {
            MemberChange change = change(list.get(i).name(), changes);
            if (change != null && change.json() != null) {
                splices.add(splice(list.get(i).value(), change.json()));
            } else if (change != null) {
                int first = i;
                while (i + 1 < list.size() && removes(list.get(i + 1).name(), changes)) {
                    i++;
                }
                splices.add(new Splice(around(first, i), new byte[0]));
                removed += i + 1 - first;
            }
        }
        String inserted = inserted(changes);
        if (!inserted.isEmpty()) {
            splices.add(splice(Span.at(open), removed < list.size() ? inserted + "," : inserted));
        }
    }

    private static @Nullable MemberChange change(String name, List<MemberChange> changes) {
        for (MemberChange change : changes) {
            if (change.name().equals(name)) {
                return change;
            }
        }
        return null;
    }

    private static boolean removes(String name, List<MemberChange> changes) {
        MemberChange change = change(name, changes);
        return change != null && change.json() == null;
    }

    /** Members one behind the other, with the comma that would be left over. */
    private Span around(int first, int last) {
        if (last + 1 < list.size()) {
            return new Span(
                    list.get(first).whole().start(), list.get(last + 1).whole().start());
        }
        int from = first > 0
                ? list.get(first - 1).whole().end()
                : list.get(first).whole().start();
        return new Span(from, list.get(last).whole().end());
    }

    private String inserted(List<MemberChange> changes) {
        StringBuilder text = new StringBuilder();
        for (MemberChange change : changes) {
            if (change.json() != null && get(change.name()) == null) {
                text.append(text.isEmpty() ? "\"" : ",\"")
                        .append(change.name())
                        .append("\":")
                        .append(change.json());
            }
        }
        return text.toString();
    }

    private static Splice splice(Span span, String text) {
        return new Splice(span, text.getBytes(StandardCharsets.UTF_8));
    }
}
