package io.tollgate.budget.alerts.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes mail as RFC 5321 has it, one connection after the other; what it was told to, it refuses. */
final class TinySmtpServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Queue<String> repliesToData = new ConcurrentLinkedQueue<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    TinySmtpServer(String... repliesToData) {
        this.repliesToData.addAll(List.of(repliesToData));
        try {
            listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                converse(socket);
            } catch (IOException e) {
                // The next connection may do better.
            }
        }
    }

    private void converse(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream();
        say(out, "220 tiny ESMTP");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            commands.add(line);
            switch (line.split(" ")[0]) {
                case "EHLO" -> say(out, "250-tiny\r\n250 AUTH PLAIN LOGIN");
                case "DATA" -> {
                    say(out, "354 go on");
                    String reply = repliesToData.poll();
                    List<String> mail = new ArrayList<>();
                    for (String text = in.readLine(); text != null && !text.equals("."); text = in.readLine()) {
                        mail.add(text);
                    }
                    if (reply == null) {
                        mails.add(String.join("\n", mail));
                    }
                    say(out, reply == null ? "250 taken" : reply);
                }
                case "AUTH" -> say(out, "235 come in");
                case "QUIT" -> {
                    say(out, "221 bye");
                    return;
                }
                default -> say(out, "250 fine");
            }
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    int port() {
        return listener.getLocalPort();
    }

    List<String> mails() {
        return mails;
    }

    List<String> commands() {
        return commands;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
