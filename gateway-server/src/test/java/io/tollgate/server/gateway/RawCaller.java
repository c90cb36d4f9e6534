package io.tollgate.server.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A caller that says exactly what a test wants to be said, byte for byte. */
public final class RawCaller implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    public RawCaller(int port) throws IOException {
        this(port, 0);
    }

    /** {@code receiveBuffer} bytes of receive buffer; 0 leaves it to the machine. */
    public RawCaller(int port, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        out = socket.getOutputStream();
    }

    public RawCaller say(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return this;
    }

    /** A POST of JSON. */
    public RawCaller post(String path, String json, String... headerLines) throws IOException {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nhost: x\r\n");
        for (String line : headerLines) {
            head.append(line).append("\r\n");
        }
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        say(head + "content-length: " + body.length + "\r\n\r\n");
        out.write(body);
        out.flush();
        return this;
    }

    /** Reads until {@code end} was read, or the connection ends; all that was read. */
    public String readTo(String end) throws IOException {
        byte[] wanted = end.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int matched = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            read.write(b);
            matched = b == wanted[matched] ? matched + 1 : b == wanted[0] ? 1 : 0;
            if (matched == wanted.length) {
                break;
            }
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    /** Writes these bytes. */
    public RawCaller say(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** The next answer, whole; {@code toHead} for one that has no body whatever its headers say. */
    public RawAnswer answer(boolean toHead) throws IOException {
        return RawAnswer.read(in, toHead);
    }

    /** The next answer, whole. */
    public RawAnswer answer() throws IOException {
        return answer(false);
    }

    /** The next answer, or null when its first byte does not come within so many milliseconds. */
    public @Nullable RawAnswer answerWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        in.mark(1);
        try {
            in.read();
        } catch (SocketTimeoutException e) {
            return null;
        } finally {
            socket.setSoTimeout(20_000);
        }
        in.reset();
        return answer();
    }

    /** Everything until the connection ends. */
    public String readAll() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Reads and forgets; the number of bytes. */
    public long drain() throws IOException {
        byte[] some = new byte[64 * 1024];
        long total = 0;
        for (int n = in.read(some); n >= 0; n = in.read(some)) {
            total += n;
        }
        return total;
    }

    /** Breaks the connection off with a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
