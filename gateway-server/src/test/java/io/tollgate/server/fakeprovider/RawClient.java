package io.tollgate.server.fakeprovider;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A socket, for what a well-behaved client would hide. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private static final int RECEIVE_BUFFER = 16 * 1024;

    private final Socket socket;
    private final InputStream in;

    RawClient(FakeProvider provider) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER); // small, so that it is soon full when nobody reads
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), provider.port()));
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a POST with its whole body. */
    RawClient post(String path, String body) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nhost: x\r\ncontent-length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    RawClient send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Reads until this has come, and returns all read so far in this call. */
    String readUntil(String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (!endsWith(read, end)) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("closed before \"" + end + "\" came, after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    private static boolean endsWith(StringBuilder text, String end) {
        int from = text.length() - end.length();
        return from >= 0 && text.indexOf(end, from) >= 0;
    }

    /** Reads to the end of the connection. */
    Rest rest() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                read.write(buffer, 0, length);
            }
            return new Rest(read.toString(StandardCharsets.ISO_8859_1), false);
        } catch (SocketException e) {
            return new Rest(read.toString(StandardCharsets.ISO_8859_1), true);
        }
    }

    /** What was left to read, and whether it ended in a reset. */
    record Rest(String text, boolean reset) {}

    /** Closes with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
