package dev.kept.server.request;

import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/** Keeps the package of an answer, sealed, until it expires. */
public interface Packages {

    /** @param file is read here and not kept where it lies */
    void keep(UUID request, Path file, Instant until);
}
