package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.core.proof.Verdict;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.console.Parts.Tone;
import dev.kept.server.http.Reply;
import dev.kept.server.proof.ProofHistory;
import dev.kept.server.proof.ProofHistory.Past;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The promises over time: how many were kept at each proof, and which are broken now. */
final class PromisesPage {

    /** Entries of proofs that are read. */
    private static final int MOST = 90;

    private static final int HEIGHT = 140;
    private static final int BAR = 9;

    private final Desk desk;

    PromisesPage(Desk desk) {
        this.desk = desk;
    }

    static Optional<Past> last(Desk desk) {
        return new ProofHistory(desk.state()).last();
    }

    static Tone tone(Verdict.Kind kind) {
        return switch (kind) {
            case BROKEN -> Tone.BAD;
            case NOT_SHOWN -> Tone.WARN;
            case NOT_EXCEEDED -> Tone.CALM;
            case KEPT -> Tone.GOOD;
        };
    }

    Reply show(Asked asked) {
        List<Past> proofs = new ProofHistory(desk.state()).latest(MOST);
        Shell.Head head = Shell.Head.of(
                        Section.PROMISES,
                        "Every rule of the notice has a verdict at each proof. The report says the same beside each sentence.")
                .beside(Parts.link("/report", "The report"));
        if (proofs.isEmpty()) {
            Html main = Parts.panel(
                    "Proofs",
                    "",
                    Parts.empty(
                            "The notice was not proved yet: the server does that now and then, `kept prove` at once."));
            return desk.page(asked, head, main.add(new ContactPanel(desk).show(asked)));
        }
        Past now = proofs.getFirst();
        Html main = new Html().raw("<div class=\"figures\">");
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            main.add(Parts.figure(
                    Parts.number(now.count(kind)), kind.word(), now.count(kind) == 0 ? Tone.PLAIN : tone(kind), ""));
        }
        main.raw("</div>");
        main.add(Parts.panel(
                "Over time",
                "The last " + Parts.counted(proofs.size(), "proof") + ", the newest at the right.",
                Parts.body(chart(proofs.reversed()))));
        if (!now.places().isEmpty() || now.count(Verdict.Kind.BROKEN) > 0) {
            main.add(Parts.panel("Broken now", "", broken(now)));
        }
        main.add(Parts.panel(
                "Not shown now",
                "What nothing has looked at, or what cannot be known yet.",
                list(now.rules(Verdict.Kind.NOT_SHOWN))));
        main.add(new ContactPanel(desk).show(asked));
        main.add(Parts.panel("Proofs", "", table(proofs)));
        return desk.page(asked, head, main);
    }

    private static Html list(List<String> paths) {
        if (paths.isEmpty()) {
            return Parts.empty("Nothing.");
        }
        Html html = new Html().raw("<p class=\"chips\">");
        paths.forEach(path -> html.add(Parts.pill(Tone.PLAIN, path)).raw(" "));
        return Parts.body(html.raw("</p>"));
    }

    private static Html broken(Past now) {
        List<Row> rows = new ArrayList<>();
        now.rules(Verdict.Kind.BROKEN).forEach(path -> {
            Html places = new Html().raw("<ul>");
            if (now.places().get(path) instanceof Map<?, ?> where) {
                where.forEach((place, count) -> places.element("li", place + ": " + count));
            }
            rows.add(Row.of(Parts.code(path), places.raw("</ul>")));
        });
        return Parts.table("Broken promises", List.of(Column.of("Promise"), Column.of("Where, and how many")), rows);
    }

    /** Bars that stand on each other, a proof each; the table below says the same. */
    private static Html chart(List<Past> proofs) {
        int most = proofs.stream()
                .mapToInt(proof -> java.util.Arrays.stream(Verdict.Kind.values())
                        .mapToInt(proof::count)
                        .sum())
                .max()
                .orElse(1);
        int width = Math.max(proofs.size(), MOST) * (BAR + 2);
        Html svg = new Html()
                .raw(
                        "<svg class=\"chart\" role=\"img\" aria-label=\"Verdicts at each proof; the table below says the same\" viewBox=\"0 0 "
                                + width + " " + HEIGHT + "\" preserveAspectRatio=\"xMaxYMax meet\">");
        int left = width - proofs.size() * (BAR + 2);
        for (int i = 0; i < proofs.size(); i++) {
            double y = HEIGHT;
            for (Verdict.Kind kind : List.of(
                    Verdict.Kind.KEPT, Verdict.Kind.NOT_EXCEEDED, Verdict.Kind.NOT_SHOWN, Verdict.Kind.BROKEN)) {
                double height = (double) HEIGHT * proofs.get(i).count(kind) / Math.max(1, most);
                y -= height;
                svg.raw(String.format(
                        java.util.Locale.ROOT,
                        "<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>",
                        kindClass(kind),
                        left + i * (BAR + 2),
                        y,
                        BAR,
                        height));
            }
        }
        return svg.raw("</svg>");
    }

    private static String kindClass(Verdict.Kind kind) {
        return switch (kind) {
            case BROKEN -> "broken";
            case NOT_SHOWN -> "open";
            case NOT_EXCEEDED -> "within";
            case KEPT -> "kept";
        };
    }

    private Html table(List<Past> proofs) {
        List<Row> rows = new ArrayList<>();
        for (Past proof : proofs) {
            List<Html> cells = new ArrayList<>();
            cells.add(Parts.time(proof.at(), desk.company().zone()));
            for (Verdict.Kind kind : Verdict.Kind.values()) {
                cells.add(Parts.text(Parts.number(proof.count(kind))));
            }
            cells.add(Parts.link("/ledger/proof/" + proof.entry(), "entry " + proof.entry()));
            rows.add(new Row("", 0, cells));
        }
        List<Column> columns = new ArrayList<>(List.of(Column.of("When")));
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            columns.add(Column.number(kind.word()));
        }
        columns.add(Column.of("Ledger"));
        return Parts.table("Proofs", columns, rows);
    }
}
