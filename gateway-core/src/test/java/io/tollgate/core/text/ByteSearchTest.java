package io.tollgate.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTest {
    private static final byte[] ALPHABET = {
        '"', '\\', '!', '#', ']', 0, 1, (byte) 0x80, (byte) 0xA2, (byte) 0xDC, -1, 'a'
    };

    @Test
    void the_first_of_the_wanted_bytes_is_found_wherever_the_search_begins_and_ends() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(100)];
            int letters = 3 + random.nextInt(ALPHABET.length - 2);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = ALPHABET[ALPHABET.length - 1 - random.nextInt(letters)];
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            byte one = ALPHABET[random.nextInt(ALPHABET.length)];
            byte other = ALPHABET[random.nextInt(ALPHABET.length)];
            assertThat(ByteSearch.either(bytes, from, to, one, other))
                    .as("seed %d", seed)
                    .isEqualTo(slowly(bytes, from, to, one, other));
        }
    }

    private static int slowly(byte[] bytes, int from, int to, byte one, byte other) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == one || bytes[at] == other) {
                return at;
            }
        }
        return to;
    }
}
