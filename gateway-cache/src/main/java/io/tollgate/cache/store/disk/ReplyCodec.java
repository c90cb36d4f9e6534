package io.tollgate.cache.store.disk;

import io.tollgate.cache.key.Scope;
import io.tollgate.cache.store.StoredReply;
import io.tollgate.cache.store.StoredReply.Header;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Usage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reply as bytes. What is read has passed its seal, yet no length in it is believed beyond what is there. */
final class ReplyCodec {
    private static final int MAX_HEADERS = 1_000;

    private ReplyCodec() {}

    static byte[] encode(StoredReply reply) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(reply.weight());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(reply.status());
            out.writeShort(reply.headers().size());
            for (Header header : reply.headers()) {
                text(out, header.name());
                text(out, header.value());
            }
            out.writeBoolean(reply.stream());
            text(out, reply.dialect());
            text(out, reply.operation().name());
            text(out, reply.provider());
            text(out, reply.model());
            text(out, reply.answeredBy());
            usage(out, reply.usage());
            out.writeLong(reply.cost().nanos());
            text(out, reply.cost().priceVersion());
            out.writeLong(reply.storedAt().toEpochMilli());
            out.writeLong(reply.expiresAt().toEpochMilli());
            text(out, reply.scope().text());
            blob(out, reply.body());
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes what it is given", e);
        }
        return bytes.toByteArray();
    }

    /** Throws when the bytes are not those of a reply. */
    static StoredReply decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            int status = in.readUnsignedShort();
            List<Header> headers = headers(in);
            boolean stream = in.readBoolean();
            String dialect = required(in);
            Operation operation = Operation.valueOf(required(in));
            String provider = required(in);
            String model = optional(in);
            String answeredBy = optional(in);
            Usage usage = usage(in);
            Cost cost = new Cost(in.readLong(), optional(in));
            Instant storedAt = Instant.ofEpochMilli(in.readLong());
            Instant expiresAt = Instant.ofEpochMilli(in.readLong());
            Scope scope = new Scope(required(in));
            byte[] body = blob(in);
            return new StoredReply(
                    status,
                    headers,
                    body,
                    stream,
                    dialect,
                    operation,
                    provider,
                    model,
                    answeredBy,
                    usage,
                    cost,
                    storedAt,
                    expiresAt,
                    scope);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a reply", e);
        }
    }

    private static List<Header> headers(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        if (count > MAX_HEADERS) {
            throw new IOException(count + " headers");
        }
        List<Header> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            headers.add(new Header(required(in), required(in)));
        }
        return List.copyOf(headers);
    }

    private static void usage(DataOutputStream out, Usage usage) throws IOException {
        long[] counts = {
            usage.input(),
            usage.cacheRead(),
            usage.cacheWrite5m(),
            usage.cacheWrite1h(),
            usage.output(),
            usage.reasoning(),
            usage.inputAudio(),
            usage.cacheReadAudio(),
            usage.outputAudio(),
            usage.webSearches()
        };
        for (long count : counts) {
            out.writeLong(count);
        }
    }

    private static Usage usage(DataInputStream in) throws IOException {
        return new Usage(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            blob(out, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String required(DataInputStream in) throws IOException {
        String text = optional(in);
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }

    private static @Nullable String optional(DataInputStream in) throws IOException {
        return in.readBoolean() ? new String(blob(in), StandardCharsets.UTF_8) : null;
    }

    private static void blob(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] blob(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new EOFException("a length of " + length + " with " + in.available() + " bytes left");
        }
        return in.readNBytes(length);
    }
}
