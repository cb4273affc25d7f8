package dev.kept.server.ledger;

import dev.kept.core.ledger.BadSignature;
import dev.kept.core.ledger.Checkpoint;
import dev.kept.core.ledger.LogFile;
import dev.kept.core.ledger.MalformedLog;
import dev.kept.core.ledger.SignedNote;
import dev.kept.core.ledger.VerifierKey;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.ledger.Ledger.Exported;
import dev.kept.server.ledger.Ledger.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A ledger's files in a folder, as a web server can serve them. Full tiles never change and are written once; the checkpoint is replaced last, and only by
 * one that goes on from it.
 */
final class Export {

    static final String CHECKPOINT = "checkpoint";

    /** The keys, one a line; not a file of the log. */
    static final String KEYS = "keys";

    private static final String UNFINISHED = ".unfinished";

    private final Ledger ledger;
    private final Path folder;
    private int written;
    private int left;

    Export(Ledger ledger, Path folder) {
        this.ledger = ledger;
        this.folder = folder;
    }

    Exported write(SignedNote note, Progress progress) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        long size = checkpoint.size();
        try {
            Files.createDirectories(folder);
            goesOn(size);
            List<Path> stale = new ArrayList<>();
            for (int level = 0; level < LogFile.LEVELS; level++) {
                for (long index = 0; LogFile.width(size, level, index) > 0; index++) {
                    int width = LogFile.width(size, level, index);
                    write(new LogFile.Tile(level, index, width), stale);
                    if (level == 0) {
                        write(new LogFile.Bundle(index, width), stale);
                        progress.entries(index * LogFile.FULL + width, size);
                    }
                }
            }
            replace(
                    folder.resolve(KEYS),
                    bytes(ledger.keys().stream().map(key -> key + "\n").collect(Collectors.joining())));
            replace(folder.resolve(CHECKPOINT), bytes(note.write()));
            for (Path file : stale) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new CannotRun(
                    "the files of the ledger cannot be written to `" + folder + "`",
                    "see that it may be written to and has room",
                    e);
        }
        return new Exported(size, written, left);
    }

    /** What the folder says was signed must be the beginning of what is written to it. */
    private void goesOn(long size) throws IOException {
        Path file = folder.resolve(CHECKPOINT);
        if (!Files.exists(file)) {
            return;
        }
        Checkpoint before;
        try {
            List<VerifierKey> keys = ledger.keys();
            before = Checkpoint.verified(SignedNote.parse(Files.readAllBytes(file)), keys);
        } catch (MalformedLog | BadSignature e) {
            throw new CannotRun(
                    "`" + file + "` is not a checkpoint that this ledger signed", "export to a folder of its own", e);
        }
        if (before.size() > size) {
            throw new CannotRun(
                    "`" + file + "` signs " + before.size() + " entries and the ledger has only " + size,
                    "kept ledger verify --against " + file + ": entries were lost or cut off");
        }
        if (!ledger.root(before.size()).equals(before.root())) {
            throw new CannotRun(
                    "`" + file + "` signs another history than the ledger's", "kept ledger verify --against " + file);
        }
    }

    private void write(LogFile log, List<Path> stale) throws IOException {
        Path file = folder.resolve(log.path());
        boolean full = !log.path().contains(".p/");
        Path partial = full ? Path.of(file + ".p") : parent(file);
        if (Files.isDirectory(partial)) {
            try (Stream<Path> found = Files.list(partial)) {
                found.filter(other -> !other.equals(file)).forEach(stale::add);
            }
            if (full) {
                stale.add(partial);
            }
        }
        if (full && Files.exists(file)) {
            left++;
            return;
        }
        Files.createDirectories(parent(file));
        replace(
                file,
                ledger.file(log)
                        .orElseThrow(() -> new CannotRun("`" + log.path() + "` is missing", "kept ledger verify")));
        written++;
    }

    private static Path parent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new NoSuchFileException(file.toString());
        }
        return parent;
    }

    /** A reader sees the old file or the new one. */
    private static void replace(Path file, byte[] bytes) throws IOException {
        Path unfinished = Path.of(file + UNFINISHED);
        Files.write(unfinished, bytes);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
