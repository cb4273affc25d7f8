package dev.kept.server.access;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * A part of a package that cannot go into the ZIP yet, since another part is being written there. Its file is deleted as soon as it is
 * opened (where the system can; else when it is closed), so that not even a kill leaves it behind.
 */
final class Spool implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private final OutputStream out;

    private Spool(FileChannel channel) {
        this.channel = channel;
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    /** @param path a name that nothing has yet */
    static Spool at(Path path, FileAttribute<?>... attributes) throws IOException {
        return new Spool(FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE),
                attributes));
    }

    OutputStream out() {
        return out;
    }

    /** Copies all that was written. */
    void copyTo(OutputStream target) throws IOException {
        out.flush();
        channel.position(0);
        InputStream in = Channels.newInputStream(channel);
        in.transferTo(target);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
