package io.tollgate.core.dialect;

import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.Span;
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
        Member member = get(name);
        return member != null
                ? BodyEdit.replace(member.value(), json)
                : BodyEdit.insert(open, "\"" + name + "\":" + json + (list.isEmpty() ? "" : ","));
    }

    /** Takes a member out, with one of the commas beside it. The member must exist. */
    public BodyEdit remove(Member member) {
        int index = list.indexOf(member);
        if (index + 1 < list.size()) {
            return BodyEdit.delete(
                    new Span(member.whole().start(), list.get(index + 1).whole().start()));
        }
        int from =
                index > 0 ? list.get(index - 1).whole().end() : member.whole().start();
        return BodyEdit.delete(new Span(from, member.whole().end()));
    }
}
