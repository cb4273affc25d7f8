package dev.kept.server.access;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A stream, which stays open; whether what it took counts is for whoever opened it. */
record StreamTarget(OutputStream out) implements PackageTarget {

    @Override
    public Spool spool(String part) throws IOException {
        Path beside = Path.of(System.getProperty("java.io.tmpdir", "."), "kept-answer");
        return Spool.at(TargetFile.beside(beside, part), TargetFile.forOwner(beside));
    }

    @Override
    public void publish() throws IOException {
        out.flush();
    }

    @Override
    public void close() {
        // its owner closes it
    }
}
