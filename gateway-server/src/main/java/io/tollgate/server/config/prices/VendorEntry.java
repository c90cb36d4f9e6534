package io.tollgate.server.config.prices;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.price.Vendor;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code vendors:}.
 *
 * @param dialect what its models speak unless their rows say otherwise
 * @param capField what caps their output in its chat API unless their rows say otherwise
 */
record VendorEntry(
        Vendor vendor,
        @Nullable Family dialect,
        @Nullable String capField,
        boolean cachedInInput,
        boolean reasoningInOutput,
        YamlObject yaml) {

    static VendorEntry read(String name, YamlObject yaml) {
        Map<String, String> makers = new LinkedHashMap<>();
        YamlObject makersYaml = yaml.object("makers");
        makersYaml
                .keys()
                .forEach(prefix -> makers.put(prefix, makersYaml.string(prefix).required()));
        // For the person who checks the prices next; the gateway does not read it.
        yaml.string("price_list").orNull();
        YamlObject accounting = yaml.object("accounting");
        return new VendorEntry(
                new Vendor(
                        name,
                        yaml.values("hosts", ScalarTypes.STRING),
                        yaml.values("same_as", ScalarTypes.STRING),
                        makers,
                        yaml.bool("prefers_stated_cost").orElse(false)),
                yaml.value("dialect", ScalarTypes.oneOf(Family.class)).orNull(),
                yaml.string("cap_field").orNull(),
                accounting.bool("cached_in_input").orElse(true),
                accounting.bool("reasoning_in_output").orElse(true),
                yaml);
    }

    void refuseUnknownVendors(Collection<String> known) {
        for (String other : vendor.sameAs()) {
            refuseUnknown("same_as", other, known);
        }
        vendor.makers().values().forEach(other -> refuseUnknown("makers", other, known));
    }

    private void refuseUnknown(String key, String other, Collection<String> known) {
        if (!known.contains(other)) {
            yaml.problem(key, "names the vendor \"" + other + "\"" + YamlObject.hint(other, known));
        }
    }
}
