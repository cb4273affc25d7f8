package dev.kept.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A line to a server of this machine on which each round trip takes longer by some time, as between machines. */
final class SlowLine implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServerSocket door;
    private final int server;
    private final Duration roundTrip;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param server the port behind it */
    SlowLine(int server, Duration roundTrip) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = server;
        this.roundTrip = roundTrip;
        Thread.ofPlatform().daemon().name("slow-line").start(this::answer);
    }

    int port() {
        return door.getLocalPort();
    }

    private void answer() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                for (Socket socket : new Socket[] {client, behind}) {
                    socket.setTcpNoDelay(true);
                    open.add(socket);
                }
                Thread.ofPlatform().daemon().start(() -> carry(client, behind, roundTrip));
                Thread.ofPlatform().daemon().start(() -> carry(behind, client, Duration.ZERO));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void carry(Socket from, Socket to, Duration later) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                long until = System.nanoTime() + later.toNanos();
                for (long left = later.toNanos(); left > 0; left = until - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One of the two has hung up, and the other hears of it.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
