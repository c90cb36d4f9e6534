package io.tollgate.budget.usagelog;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.http.Members.Member;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import java.util.Set;

/**
 * What the ledger keeps of a prompt without keeping any of it: sizes in bytes of JSON, and fingerprints by which waste
 * is found. A fingerprint of 0 is none. Immutable.
 *
 * @param requestHash of the whole body: byte for byte the same request has the same
 * @param prefixHash of tools and system prompt, in the order they stand in
 * @param prefixBytes their size
 * @param systemBytes of which the system prompt
 * @param bodyBytes size of the whole body
 * @param turns messages in the prompt
 * @param tools tools offered
 * @param documentHash of the longest message that no model wrote, wherever in it the common text stands; only of {@link
 *     #LEAST_DOCUMENT} bytes or more
 * @param documentBytes its size
 */
public record PromptFacts(
        long requestHash,
        long prefixHash,
        int prefixBytes,
        int systemBytes,
        int bodyBytes,
        int turns,
        int tools,
        long documentHash,
        int documentBytes) {
    /** Nothing is known of it: a tunnel, an empty body, a row older than these facts. */
    public static final PromptFacts NONE = new PromptFacts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Shorter messages are no documents. */
    public static final int LEAST_DOCUMENT = 8192;

    private static final Set<String> SYSTEM_MEMBERS =
            Set.of("system", "instructions", "systemInstruction", "system_instruction");
    private static final Set<String> SYSTEM_ROLES = Set.of("system", "developer");
    private static final Set<String> MODEL_ROLES = Set.of("assistant", "model", "system", "developer");

    /** Of a request, in one pass over its bytes: some microseconds for 40 KB. */
    public static PromptFacts of(RequestFacts facts, RequestBody body) {
        if (body.isEmpty() || facts.members().list().isEmpty()) {
            return NONE;
        }
        long prefix = 0;
        int prefixBytes = 0;
        int systemBytes = 0;
        for (Member member : facts.members().list()) {
            boolean system = SYSTEM_MEMBERS.contains(member.name());
            if (system || member.name().equals("tools")) {
                prefix = Fingerprint.of(body, member.value(), prefix);
                prefixBytes += member.value().length();
                systemBytes += system ? member.value().length() : 0;
            }
        }
        Span document = null;
        boolean head = true;
        for (Turn turn : facts.turns()) {
            head &= SYSTEM_ROLES.contains(turn.role());
            if (head) {
                prefix = Fingerprint.of(body, turn.span(), prefix);
                prefixBytes += turn.span().length();
                systemBytes += turn.span().length();
            } else if (!MODEL_ROLES.contains(turn.role())
                    && turn.textBytes() >= LEAST_DOCUMENT
                    && (document == null || turn.span().length() > document.length())) {
                document = turn.span();
            }
        }
        return new PromptFacts(
                Fingerprint.of(body, new Span(0, body.length()), 1),
                prefix,
                prefixBytes,
                systemBytes,
                body.length(),
                facts.turns().size(),
                facts.tools(),
                document == null ? 0 : Fingerprint.ofText(body, document),
                document == null ? 0 : document.length());
    }
}
