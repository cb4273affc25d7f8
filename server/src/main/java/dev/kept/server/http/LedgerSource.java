package dev.kept.server.http;

import dev.kept.core.ledger.LogFile;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Site.Answer;
import dev.kept.server.http.Site.Question;
import dev.kept.server.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/**
 * The ledger under {@code /ledger/} as C2SP tlog-tiles names its files: full tiles and bundles never change, partial ones and the checkpoint
 * do; and {@code /ledger/proof/N}, a tlog-proof of entry N.
 */
final class LedgerSource implements Site.Shelving {

    private static final String ROOT = "/ledger/";
    private static final String PROOF = "proof/";
    private static final String ROUTE = "ledger";

    private final Ledger ledger;

    LedgerSource(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Optional<Answer> find(Question question) {
        if (!question.path().startsWith(ROOT)) {
            return Optional.empty();
        }
        String name = question.path().substring(ROOT.length());
        try {
            return name.startsWith(PROOF)
                    ? proof(name.substring(PROOF.length()))
                    : LogFile.parse(name).flatMap(this::file);
        } catch (JdbiException e) {
            return Optional.of(new Answer.Broken(ROUTE, "kept's own database does not answer: try again later"));
        }
    }

    private Optional<Answer> file(LogFile file) {
        return ledger.file(file).map(bytes -> new Answer.Found(ROUTE, document(file, bytes)));
    }

    private static Document document(LogFile file, byte[] bytes) {
        String tag = Document.tag(new String(bytes, StandardCharsets.ISO_8859_1));
        return switch (file) {
            case LogFile.CheckpointFile checkpoint -> Document.fresh(bytes, Document.TEXT, tag);
            case LogFile.Tile tile -> tile(bytes, tag, tile.width());
            case LogFile.Bundle bundle -> tile(bytes, tag, bundle.width());
        };
    }

    /** A partial tile stays true too, but nobody needs it once it is full. */
    private static Document tile(byte[] bytes, String tag, int width) {
        return width == LogFile.FULL
                ? Document.forever(bytes, Document.BYTES, tag)
                : Document.fresh(bytes, Document.BYTES, tag);
    }

    private Optional<Answer> proof(String index) {
        if (!index.matches("0|[1-9][0-9]{0,17}")) {
            return Optional.empty();
        }
        try {
            String proof = ledger.proof(Long.parseLong(index)).write();
            byte[] bytes = proof.getBytes(StandardCharsets.UTF_8);
            return Optional.of(new Answer.Found(ROUTE, Document.fresh(bytes, Document.TEXT, Document.tag(proof))));
        } catch (CannotRun noSuchEntry) {
            return Optional.empty();
        }
    }
}
