package dev.kept.core.ledger;

import java.util.Arrays;
import java.util.List;

/**
 * A tree head (C2SP tlog-checkpoint): the text that a log signs.
 *
 * @param origin the log's name
 * @param size how many leaves
 * @param root of the tree over them
 * @param extensions further lines, none of them empty; Kept writes none
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {

    public Checkpoint {
        extensions = List.copyOf(extensions);
        if (origin.isEmpty() || size < 0) {
            throw new MalformedLog("a checkpoint has an origin and a size");
        }
        if (origin.contains("\n") || extensions.stream().anyMatch(line -> line.isEmpty() || line.contains("\n"))) {
            throw new MalformedLog("a checkpoint's lines are lines, and not empty");
        }
        if (size == 0 && !root.equals(Hash.EMPTY)) {
            throw new MalformedLog("a tree without leaves has the root of nothing");
        }
    }

    public Checkpoint(String origin, long size, Hash root) {
        this(origin, size, root, List.of());
    }

    /** @throws MalformedLog where it is none */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
            throw new MalformedLog("a checkpoint is origin, size and root, a line each");
        }
        return new Checkpoint(
                lines[0],
                Decimal.parse(lines[1]),
                Hash.parse(lines[2]),
                Arrays.asList(lines).subList(3, lines.length - 1));
    }

    /**
     * Of a signed note.
     *
     * @throws MalformedLog where it is none
     * @throws BadSignature where no known key has signed it, or a known key's signature does not fit
     */
    public static Checkpoint verified(SignedNote note, List<VerifierKey> known) {
        note.verify(known);
        return parse(note.text());
    }

    public String text() {
        StringBuilder text = new StringBuilder(origin + "\n" + size + "\n" + root + "\n");
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
