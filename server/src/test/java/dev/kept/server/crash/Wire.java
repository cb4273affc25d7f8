package dev.kept.server.crash;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * The line between Kept and a database, as PostgreSQL's driver opens it where the address says {@code socketFactory}: what is shipped runs
 * unchanged, and every call can be seen, and cut, before the server gets it and after.
 */
public final class Wire extends SocketFactory {

    /** What becomes of a call. */
    enum Fate {
        PASSES,
        /** The connection is lost. */
        CUT,
        /** The call is sent, and the connection lost before anything is heard of it: what the server does with it is not known. */
        SENT_AND_CUT
    }

    /** Who watches the line. */
    interface Watch {
        Watch NONE = new Watch() {};

        /** The server has not got the call yet. */
        default Fate before(Call call) {
            return Fate.PASSES;
        }

        /** The server has carried the call out, and Kept does not know yet. */
        default Fate answered(Call call) {
            return Fate.PASSES;
        }

        /** A connection is about to be opened. */
        default void opening() {}
    }

    private static volatile Watch watch = watchOfThisProcess();

    private final String database;

    /** @param database the address's {@code socketFactoryArg} */
    public Wire(String database) {
        this.database = database;
    }

    private static Watch watchOfThisProcess() {
        String stop = System.getProperty(StopAt.PROPERTY);
        return stop == null ? Watch.NONE : StopAt.parse(stop);
    }

    static void watch(Watch by) {
        watch = by;
    }

    @Override
    public Socket createSocket() {
        watch.opening();
        return new Line(database);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    private Socket connected(SocketAddress address) throws IOException {
        Socket socket = createSocket();
        socket.connect(address);
        return socket;
    }

    /** One connection. */
    private static final class Line extends Socket {

        private final String database;
        private final Messages messages = new Messages();
        private Call awaited = new Call("", "");
        private boolean asked;

        Line(String database) {
            this.database = database;
        }

        private IOException cut() throws IOException {
            close();
            return new IOException("the line was cut");
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream out = super.getOutputStream();
            return new OutputStream() {
                private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

                @Override
                public void write(int b) {
                    pending.write(b);
                }

                @Override
                public void write(byte[] bytes, int from, int length) {
                    pending.write(bytes, from, length);
                }

                @Override
                public void flush() throws IOException {
                    if (pending.size() == 0) {
                        return;
                    }
                    byte[] bytes = pending.toByteArray();
                    pending.reset();
                    awaited = new Call(database, messages.statements(bytes));
                    Fate fate = watch.before(awaited);
                    if (fate == Fate.CUT) {
                        throw cut();
                    }
                    asked = true;
                    out.write(bytes);
                    out.flush();
                    if (fate == Fate.SENT_AND_CUT) {
                        throw cut();
                    }
                }
            };
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    return answered(super.read());
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    return answered(super.read(bytes, from, length));
                }

                private int answered(int read) throws IOException {
                    if (asked && read >= 0) {
                        asked = false;
                        if (watch.answered(awaited) != Fate.PASSES) {
                            throw cut();
                        }
                    }
                    return read;
                }
            };
        }
    }
}
