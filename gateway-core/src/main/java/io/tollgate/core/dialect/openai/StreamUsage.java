package io.tollgate.core.dialect.openai;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.UsageOption;
import io.tollgate.core.dialect.json.Layout;
import io.tollgate.core.dialect.json.ParsedObject;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.Members;
import java.util.List;

/** {@code stream_options.include_usage}: OpenAI's streams tell their usage only to those who ask. */
public final class StreamUsage {
    /** The member that holds the option. */
    public static final String OPTIONS = "stream_options";

    private static final String OPTION = "include_usage";

    /** What stands inside it. */
    public static final Layout LAYOUT = Layout.builder().flag(OPTION).build();

    private StreamUsage() {}

    /** What the caller said. */
    public static UsageOption read(ParsedObject root, boolean stream) {
        Boolean asked = root.object(OPTIONS).flag(OPTION);
        if (!stream) {
            return UsageOption.NOT_APPLICABLE;
        }
        return asked == null ? UsageOption.ABSENT : asked ? UsageOption.ASKED : UsageOption.DECLINED;
    }

    /** Asks where the caller said nothing. */
    public static List<BodyEdit> ask(RequestFacts facts) {
        if (facts.usageOption() != UsageOption.ABSENT) {
            return List.of();
        }
        Members options = facts.members().inner(OPTIONS);
        return List.of(
                options.open() < 0
                        ? facts.members().set(OPTIONS, "{\"" + OPTION + "\":true}")
                        : options.set(OPTION, "true"));
    }
}
