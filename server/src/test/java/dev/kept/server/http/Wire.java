package dev.kept.server.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Requests as bytes: what no client that keeps the rules would send. */
final class Wire {

    private static final int PATIENCE_MILLIS = 20_000;

    private Wire() {}

    /** What came back; status 0 where the server hung up. */
    record Answer(int status, List<String> head, String body) {

        Optional<String> header(String name) {
            return headers(name).stream().findFirst();
        }

        List<String> headers(String name) {
            String begin = name.toLowerCase(Locale.ROOT) + ":";
            return head.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(begin))
                    .map(line -> line.substring(begin.length()).strip())
                    .toList();
        }
    }

    /** Sends lines and a body as they stand, and reads until the other side closes. */
    static Answer send(int port, String lines, String body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream()
                        .write((lines.replace("\n", "\r\n") + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
            } catch (SocketException closed) {
                // hung up while we wrote: what it said before is read below
            }
            return read(socket, lines.startsWith("HEAD "));
        }
    }

    /** Reads until what was promised has come: the server leaves it to the other side to close. */
    private static Answer read(Socket socket, boolean bodiless) throws IOException {
        InputStream in = socket.getInputStream();
        List<String> head = new ArrayList<>();
        try {
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                head.add(line);
            }
            if (head.isEmpty()) {
                return new Answer(0, List.of(), "");
            }
            Answer begun = new Answer(Integer.parseInt(head.getFirst().split(" ")[1]), head, "");
            return bodiless ? begun : new Answer(begun.status(), head, body(begun, in));
        } catch (SocketException | EOFException reset) {
            return new Answer(0, List.of(), "");
        }
    }

    private static String body(Answer begun, InputStream in) throws IOException {
        if (begun.header("transfer-encoding").isEmpty()) {
            int length = Integer.parseInt(begun.header("content-length").orElse("0"));
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    static Answer get(int port, String path, String... headers) throws IOException {
        return send(port, request("GET", path, headers), "");
    }

    static Answer post(int port, String path, String form, String... headers) throws IOException {
        String length = "Content-Length: " + form.getBytes(StandardCharsets.UTF_8).length;
        return send(
                port,
                request("POST", path, headers) + "\nContent-Type: application/x-www-form-urlencoded\n" + length,
                form);
    }

    static String request(String method, String path, String... headers) {
        StringBuilder lines =
                new StringBuilder(method + " " + path + " HTTP/1.1\nHost: mill.example\nConnection: close");
        for (String header : headers) {
            lines.append("\n").append(header);
        }
        return lines.toString();
    }
}
