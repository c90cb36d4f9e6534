package io.tollgate.cache.key;

import io.tollgate.core.text.Percent;

/**
 * Those who share answers. Its text tells scopes apart without ambiguity and is fit for logs, URLs and files: names and
 * values are percent-encoded but for letters, digits and {@code . _ - @ : /}; it never holds a credential.
 *
 * @param text e.g. {@code key:checkout-api}, {@code team=checkout,user=ann}, {@code global}
 */
public record Scope(String text) {
    /** All callers share. */
    public static final Scope GLOBAL = new Scope("global");

    /** {@code name=value} with both encoded. */
    static String dimension(String name, String value) {
        return Percent.encoded(name) + "=" + Percent.encoded(value);
    }

    @Override
    public String toString() {
        return text;
    }
}
