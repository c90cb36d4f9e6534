package io.tollgate.cache.key;

import io.tollgate.cache.key.KeyResult.Bypass;
import io.tollgate.cache.key.KeyResult.Keyed;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.error.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Makes keys: SHA-256 over length-prefixed parts, the scope first. One per thread, with buffers of its own; a 40 KB body
 * takes well below 100 µs. Bodies beyond 4 MiB are not looked at, since hashing one would hold the event loop up for
 * milliseconds.
 */
public final class KeyReader {
    /** Bodies beyond this many bytes have no key. */
    public static final int MAX_BODY = 4 << 20;

    /** Goes up whenever the same request would have to get another key. */
    private static final String SCHEMA = "tollgate-cache/1";

    private static final ThreadLocal<KeyReader> OF_THREAD = ThreadLocal.withInitial(KeyReader::new);

    private final MessageDigest digest = sha256();
    private final byte[] length = new byte[Integer.BYTES];
    private final Canonical canonical = new Canonical(digest);
    private final BodyWalker walker = new BodyWalker(canonical);

    /** With buffers of its own. */
    public KeyReader() {}

    /** The calling thread's own. */
    public static KeyReader ofThread() {
        return OF_THREAD.get();
    }

    /**
     * The key of the answer to this request.
     *
     * @param variety whether a temperature above 0 is no reason to pass by
     */
    public KeyResult read(CacheableRequest request, boolean variety) {
        try {
            RequestRules rules = rules(request);
            walker.walk(request.body(), rules, variety);
            return new Keyed(hash(request));
        } catch (BypassException e) {
            return new Bypass(e.reason());
        } catch (RefusedException e) {
            return new Bypass(BypassReason.MALFORMED);
        } finally {
            canonical.out().clear();
            digest.reset();
        }
    }

    private static RequestRules rules(CacheableRequest request) {
        Operation operation = request.endpoint().operation();
        boolean answers = operation == Operation.GENERATE || operation == Operation.EMBED;
        RequestRules rules =
                answers ? DialectRules.of(request.endpoint().dialect().name()) : null;
        if (rules == null) {
            throw new BypassException(BypassReason.OPERATION);
        }
        if (request.body().length() > MAX_BODY) {
            throw new BypassException(BypassReason.TOO_LARGE);
        }
        if (request.answers() > 1) {
            throw new BypassException(BypassReason.N);
        }
        if (request.model() != null && SearchingModels.include(request.model())) {
            throw new BypassException(BypassReason.WEB_SEARCH);
        }
        return rules;
    }

    private CacheKey hash(CacheableRequest request) {
        part(SCHEMA);
        part(request.scope().text());
        part(request.endpoint().dialect().name());
        part(request.endpoint().operation().name());
        part(request.provider());
        parts(request.model() == null ? List.of() : List.of(request.model()));
        parts(KeyTarget.of(request.endpoint().dialect().family(), request.target()));
        parts(KeyHeaders.of(request.headers()));
        part(canonical.out().bytes(), canonical.out().size());
        return CacheKey.of(digest.digest());
    }

    /** A list: how many, then each. */
    private void parts(List<String> texts) {
        lengthOf(texts.size());
        texts.forEach(this::part);
    }

    private void part(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        part(bytes, bytes.length);
    }

    private void part(byte[] bytes, int size) {
        lengthOf(size);
        digest.update(bytes, 0, size);
    }

    private void lengthOf(int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            length[i] = (byte) (value >>> (24 - 8 * i));
        }
        digest.update(length);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
