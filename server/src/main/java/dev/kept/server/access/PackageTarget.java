package dev.kept.server.access;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** Where a package goes: a file, or wherever a stream leads. */
sealed interface PackageTarget extends Closeable permits TargetFile, StreamTarget {

    OutputStream out();

    /** A place for a part that is written beside the package until it can go in. */
    Spool spool(String part) throws IOException;

    /** The package is whole. */
    void publish() throws IOException;
}
