package dev.kept.server.ledger;

import dev.kept.core.ledger.Audit;
import dev.kept.core.ledger.Checkpoint;
import dev.kept.core.ledger.EntryBundle;
import dev.kept.core.ledger.Flaw;
import dev.kept.core.ledger.Hash;
import dev.kept.core.ledger.LogFile;
import dev.kept.core.ledger.MalformedLog;
import dev.kept.core.ledger.SignedNote;
import dev.kept.core.ledger.Tiles;
import dev.kept.core.ledger.VerifierKey;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.ledger.Ledger.Audited;
import dev.kept.server.ledger.Ledger.Given;
import dev.kept.server.ledger.Ledger.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Recomputes an exported ledger from its files alone: no database, no network. */
public final class ExportAudit {

    private static final int MOST_BUNDLE_BYTES = LogFile.FULL * (Short.BYTES + EntryBundle.MOST_BYTES);
    private static final int MOST_KEYS_BYTES = 1 << 20;

    private final Path folder;

    public ExportAudit(Path folder) {
        this.folder = folder;
    }

    /**
     * Names what does not fit.
     *
     * @param against checkpoints from elsewhere
     * @param trusted keys to trust; empty for those that lie in the folder itself
     * @throws CannotRun where the folder has no checkpoint, or no key is known
     */
    public Audited verify(List<Given> against, List<VerifierKey> trusted, Consumer<Flaw> flaws, Progress progress) {
        List<VerifierKey> keys = trusted.isEmpty() ? keys(flaws) : trusted;
        if (keys.isEmpty()) {
            throw new CannotRun(
                    "no key is known that may have signed the log in `" + folder + "`",
                    "name it with --key name+id+base64");
        }
        byte[] note = read(folder.resolve(Export.CHECKPOINT), SignedNote.MOST_BYTES)
                .orElseThrow(() ->
                        new CannotRun("`" + folder + "` has no file `checkpoint`", "name the folder of an export"));
        Heads heads = new Heads(keys.getFirst().name(), keys, flaws);
        heads.add("`checkpoint`", note, Optional.empty());
        Optional<Hash> root = heads.good().stream().map(head -> head.root()).findFirst();
        against.forEach(given -> heads.add(given.which(), given.note(), Optional.empty()));
        long size = size(note);
        Audit audit = new Audit(size, tiles(size), heads.good(), flaws);
        for (long index = 0; LogFile.width(size, 0, index) > 0; index++) {
            LogFile.Bundle bundle = new LogFile.Bundle(index, LogFile.width(size, 0, index));
            if (root.isEmpty() && !Files.exists(folder.resolve(bundle.path()))) {
                break; // nobody signed this size, which may be any
            }
            bundle(bundle, audit, flaws);
            progress.entries(audit.entries(), size);
        }
        audit.end();
        superfluous(size, flaws);
        return new Audited(root.isEmpty() ? 0 : size, audit.entries(), heads.count(), root);
    }

    /** What the checkpoint says, though nobody may have signed it. */
    private static long size(byte[] note) {
        try {
            return Checkpoint.parse(SignedNote.parse(note).text()).size();
        } catch (MalformedLog noCheckpoint) {
            return 0;
        }
    }

    private List<VerifierKey> keys(Consumer<Flaw> flaws) {
        List<VerifierKey> keys = new ArrayList<>();
        String text = read(folder.resolve(Export.KEYS), MOST_KEYS_BYTES)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        for (String line : text.lines().toList()) {
            try {
                keys.add(VerifierKey.parse(line));
            } catch (MalformedLog e) {
                flaws.accept(new Flaw.CheckpointBroken("a key in `keys`", String.valueOf(e.getMessage())));
            }
        }
        return keys;
    }

    private Tiles tiles(long size) {
        return tile -> read(folder.resolve(tile.path()), tile.width() * Hash.BYTES)
                .filter(bytes -> bytes.length == LogFile.width(size, tile.level(), tile.index()) * Hash.BYTES)
                .orElseThrow(() -> new MalformedLog("`" + tile.path() + "` is missing"));
    }

    private void bundle(LogFile.Bundle bundle, Audit audit, Consumer<Flaw> flaws) {
        try {
            byte[] bytes = read(folder.resolve(bundle.path()), MOST_BUNDLE_BYTES)
                    .orElseThrow(() -> new MalformedLog("it is missing or too long"));
            EntryBundle.read(bytes, bundle.width()).forEach(audit::entry);
        } catch (MalformedLog e) {
            flaws.accept(new Flaw.BundleUnreadable(bundle, String.valueOf(e.getMessage())));
            for (int i = 0; i < bundle.width(); i++) {
                audit.unknown();
            }
        }
    }

    /** Files that no log of this size has. */
    private void superfluous(long size, Consumer<Flaw> flaws) {
        Path tiles = folder.resolve("tile");
        if (!Files.isDirectory(tiles)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tiles)) {
            files.filter(file -> !Files.isDirectory(file))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> !belongs(path, size))
                    .forEach(path -> flaws.accept(new Flaw.Superfluous("`" + path + "`")));
        } catch (IOException e) {
            throw new CannotRun("`" + tiles + "` cannot be listed", "see that it may be read", e);
        }
    }

    private static boolean belongs(String path, long size) {
        return LogFile.parse(path)
                .map(file -> switch (file) {
                    case LogFile.Tile tile -> tile.width() == LogFile.width(size, tile.level(), tile.index());
                    case LogFile.Bundle bundle -> bundle.width() == LogFile.width(size, 0, bundle.index());
                    case LogFile.CheckpointFile checkpoint -> false;
                })
                .orElse(false);
    }

    /** A file of at most so many bytes; empty where it is not there, or longer. */
    private static Optional<byte[]> read(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            return bytes.length > most ? Optional.empty() : Optional.of(bytes);
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CannotRun("`" + file + "` cannot be read", "see that it may be read", e);
        }
    }
}
