package dev.kept.stores.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Tells how much room a disk has left. */
@FunctionalInterface
public interface FreeSpace {

    /**
     * The bytes that this user may still write on the disk of a directory.
     *
     * @throws IOException where the disk cannot be asked
     */
    long usableBytes(Path directory) throws IOException;

    /** Asks the operating system; a disk that does not answer has no room. */
    static FreeSpace ofDisk() {
        return directory -> directory.toFile().getUsableSpace();
    }
}
