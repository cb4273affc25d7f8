package dev.kept.core.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A proof that verifies offline (C2SP tlog-proof): an entry's index, its inclusion proof, and the checkpoint it leads to.
 *
 * @param extra what an application says besides; nobody vouches for it
 */
public record TlogProof(Optional<Extra> extra, long index, List<Hash> path, SignedNote checkpoint) {

    private static final String FIRST = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    /** No tree is higher. */
    private static final int MOST_HASHES = 63;

    /** Bytes without a meaning here. */
    public record Extra(String base64) {
        public Extra {
            Base64Text.decode(base64);
        }
    }

    public TlogProof {
        path = List.copyOf(path);
        if (index < 0 || path.size() > MOST_HASHES) {
            throw new MalformedLog("a proof has an index and at most " + MOST_HASHES + " hashes");
        }
    }

    /** @throws MalformedLog where it is none */
    public static TlogProof parse(String text) {
        int end = text.indexOf("\n\n");
        if (end < 0) {
            throw new MalformedLog("a proof is its lines, an empty line, and a checkpoint");
        }
        List<String> lines =
                new ArrayList<>(Arrays.asList(text.substring(0, end).split("\n", -1)));
        if (!lines.removeFirst().equals(FIRST)) {
            throw new MalformedLog("a proof begins with " + FIRST);
        }
        Optional<Extra> extra = Optional.empty();
        if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
            extra = Optional.of(new Extra(lines.removeFirst().substring(EXTRA.length())));
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
            throw new MalformedLog("a proof names an index");
        }
        long index = Decimal.parse(lines.removeFirst().substring(INDEX.length()));
        return new TlogProof(
                extra, index, lines.stream().map(Hash::parse).toList(), SignedNote.parse(text.substring(end + 2)));
    }

    public String write() {
        StringBuilder text = new StringBuilder(FIRST).append('\n');
        extra.ifPresent(said -> text.append(EXTRA).append(said.base64()).append('\n'));
        text.append(INDEX).append(index).append('\n');
        path.forEach(hash -> text.append(hash).append('\n'));
        return text.append('\n').append(checkpoint.write()).toString();
    }

    /**
     * The checkpoint under which the entry is proven.
     *
     * @param entry the entry's bytes
     * @param known keys of the log
     * @throws BadSignature where no known key has signed the checkpoint
     * @throws MalformedLog where the checkpoint is none
     */
    public Optional<Checkpoint> proves(byte[] entry, List<VerifierKey> known) {
        Checkpoint head = Checkpoint.verified(checkpoint, known);
        return new InclusionProof(index, head.size(), path).proves(Hash.leaf(entry), head.root())
                ? Optional.of(head)
                : Optional.empty();
    }
}
