package io.tollgate.cache.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyPropertyTest {
    private static final int CASES = 800;

    @Test
    void one_value_has_one_key_however_it_is_written_and_another_value_has_another() {
        Map<String, Object> seen = new HashMap<>();
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            JsonValue values = new JsonValue(random);
            Map<String, Object> value = values.object(4);
            String key = key(values, value);

            assertThat(key(values, value)).as("seed %s, written again", seed).isEqualTo(key);
            Object changed = changed(value, random, values);
            assertThat(key(values, changed))
                    .as("seed %s, changed to another value", seed)
                    .isNotEqualTo(key);
            Object twin = seen.putIfAbsent(key, value);
            assertThat(twin == null || twin.equals(value))
                    .as("seed %s has the key of another value", seed)
                    .isTrue();
        }
        assertThat(seen.size()).isGreaterThan(CASES / 2);
    }

    private static String key(JsonValue values, @Nullable Object x) {
        StringBuilder body = new StringBuilder("{\"x\":");
        values.write(x, body);
        String shown = Asked.chat(body.append('}').toString()).shown();
        assertThat(shown).matches("[0-9a-f]{64}");
        return shown;
    }

    /** The same value but for one place. */
    @SuppressWarnings("RefactorSwitch")
    private static @Nullable Object changed(@Nullable Object value, Random random, JsonValue values) {
        switch (value) {
            case null -> {
                return "null";
            }
            case Boolean flag -> {
                return !flag;
            }
            case BigDecimal number -> {
                return number.add(number.ulp());
            }
            case String text -> {
                int at = random.nextInt(text.length() + 1);
                return at < text.length() && random.nextBoolean()
                        ? text.substring(0, at) + "~" + text.substring(at + 1)
                        : text.substring(0, at) + "~" + text.substring(at);
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list);
                int at = random.nextInt(list.size() + 1);
                if (at == list.size()) {
                    copy.add(values.value(0));
                } else {
                    copy.set(at, changed(copy.get(at), random, values));
                }
                return copy;
            }
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
                List<?> names = List.copyOf(map.keySet());
                int at = random.nextInt(names.size() + 1);
                if (at == names.size()) {
                    copy.put("new", values.value(0));
                } else if (random.nextInt(3) == 0) {
                    copy.put(names.get(at) + "'", copy.remove(names.get(at)));
                } else {
                    copy.put(names.get(at), changed(copy.get(names.get(at)), random, values));
                }
                return copy;
            }
            default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
        }
    }
}
