package dev.kept.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes mail by SMTP (RFC 5321) on this machine and keeps it for the test. */
final class PostBox implements AutoCloseable {

    private static final Pattern LINK = Pattern.compile("/privacy/[a-z-]+/open/[A-Za-z0-9_-]{20,}");
    private static final Pattern CODE = Pattern.compile("\\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\\b");

    private static final Pattern RECIPIENT = Pattern.compile("(?i)^RCPT TO:\\s*<([^>]*)>");

    private final ServerSocket socket;
    private final Map<String, BlockingQueue<String>> mails = new ConcurrentHashMap<>();

    PostBox() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> talk(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            say(connection, "220 box.example");
            String to = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Matcher recipient = RECIPIENT.matcher(line);
                to = recipient.find() ? recipient.group(1).toLowerCase(Locale.ROOT) : to;
                if (line.equals("DATA")) {
                    say(connection, "354 go on");
                    of(to).add(content(in));
                }
                say(connection, line.equals("QUIT") ? "221 bye" : "250 fine");
            }
        } catch (IOException hungUp) {
            // the other side is done
        }
    }

    private BlockingQueue<String> of(String address) {
        return mails.computeIfAbsent(address, any -> new LinkedBlockingQueue<>());
    }

    private static void say(Socket connection, String line) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String content(BufferedReader in) throws IOException {
        StringBuilder content = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            content.append(line).append('\n');
        }
        // quoted-printable (RFC 2045, section 6.7): the ends of lines that are none
        return content.toString().replace("=\n", "").replace("=3D", "=");
    }

    /** The next mail to an address with a one-time link; others are passed over. */
    Proof proof(String address, Duration within) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        for (long left = within.toNanos(); left > 0; left = end - System.nanoTime()) {
            String mail = Optional.ofNullable(of(address).poll(left, TimeUnit.NANOSECONDS))
                    .orElseThrow(() -> new AssertionError("no mail came"));
            Matcher link = LINK.matcher(mail);
            Matcher code = CODE.matcher(mail);
            if (link.find() && code.find()) {
                return new Proof(link.group(), code.group());
            }
        }
        throw new AssertionError("no mail with a link came");
    }

    /** What a mail brings to confirm a request. */
    record Proof(String link, String code) {}

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
