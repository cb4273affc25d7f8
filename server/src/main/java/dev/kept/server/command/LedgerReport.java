package dev.kept.server.command;

import dev.kept.core.ledger.Flaw;
import dev.kept.server.ledger.Ledger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How commands speak of the ledger. */
final class LedgerReport {

    /** Further flaws are counted. */
    private static final int MOST_FLAWS = 100;

    private final Output output;
    private final boolean json;
    private final List<Flaw> flaws = new ArrayList<>();
    private long found;

    LedgerReport(Output output, boolean json) {
        this.output = output;
        this.json = json;
    }

    void flaw(Flaw flaw) {
        if (found++ < MOST_FLAWS) {
            flaws.add(flaw);
        }
    }

    void status(Ledger.Status status) {
        long published = status.checkpoint().map(head -> head.size()).orElse(0L);
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("origin", status.origin());
            document.put("entries", status.entries());
            document.put("published", published);
            status.checkpoint()
                    .ifPresent(head -> document.put("root", head.root().toString()));
            document.put("keys", status.keys().stream().map(LedgerReport::json).toList());
            output.json(document);
            return;
        }
        output.line(status.origin() + ": " + count(status.entries(), "entry", "entries")
                + String.format(Locale.ROOT, ", %,d under its last checkpoint", published));
        status.checkpoint().ifPresent(head -> output.line("root  " + head.root()));
        status.keys()
                .forEach(key -> output.line("key   " + key.key() + "  "
                        + (key.signs()
                                ? key.retiresAt().map(at -> "signs until " + at).orElse("signs")
                                : "retired")));
    }

    private static Map<String, Object> json(Ledger.KeyStatus key) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("key", key.key().toString());
        document.put("signs", key.signs());
        key.retiresAt().ifPresent(at -> document.put("retiresAt", at.toString()));
        return document;
    }

    void exported(Path folder, Ledger.Exported exported) {
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("folder", folder.toString());
            document.put("size", exported.size());
            document.put("written", exported.written());
            document.put("left", exported.left());
            output.json(document);
        } else {
            output.line(folder + " holds the ledger's " + count(exported.size(), "entry", "entries") + ": "
                    + count(exported.written(), "file", "files") + " of tiles written, "
                    + String.format(Locale.ROOT, "%,d were there", exported.left()));
        }
    }

    /**
     * What an audit found; answers whether it was nothing.
     *
     * @param ownKeys whether nobody named a key to trust
     */
    boolean audited(Ledger.Audited audited, boolean ownKeys) {
        if (json) {
            output.json(document(audited));
        } else {
            flaws.forEach(flaw -> output.line("wrong: " + Output.printable(flaw.says())));
            if (found > flaws.size()) {
                output.line(String.format(Locale.ROOT, "and %,d more", found - flaws.size()));
            }
            output.line(count(audited.entries(), "entry", "entries") + " recomputed and compared with "
                    + count(audited.checkpoints(), "signed checkpoint", "signed checkpoints") + ", the last over "
                    + String.format(Locale.ROOT, "%,d", audited.size()) + ": "
                    + (found == 0 ? "everything fits" : count(found, "thing is wrong", "things are wrong")));
            if (ownKeys) {
                output.line(
                        "The keys are those that the ledger names itself; --key trusts one that you know from elsewhere.");
            }
        }
        return found == 0;
    }

    private Map<String, Object> document(Ledger.Audited audited) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ok", found == 0);
        document.put("size", audited.size());
        document.put("entries", audited.entries());
        document.put("checkpoints", audited.checkpoints());
        audited.root().ifPresent(root -> document.put("root", root.toString()));
        List<Map<String, String>> named = new ArrayList<>();
        for (Flaw flaw : flaws) {
            Map<String, String> one = new LinkedHashMap<>();
            one.put("kind", flaw.kind());
            one.put("says", flaw.says());
            named.add(one);
        }
        document.put("flaws", named);
        document.put("further", found - flaws.size());
        return document;
    }

    private static String count(long number, String one, String more) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : more);
    }
}
