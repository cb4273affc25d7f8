package dev.kept.bench;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where this Kept lies. */
final class Place {

    private Place() {}

    static Path jar() throws URISyntaxException {
        return Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** The folder with the launcher. */
    static Path root() throws URISyntaxException {
        @Nullable Path folder = jar();
        while (folder != null && !Files.isExecutable(folder.resolve("kept"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("the launcher `kept` was not found above " + jar());
        }
        return folder;
    }
}
