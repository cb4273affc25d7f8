package dev.kept.server.command;

import dev.kept.server.configuration.Home;
import dev.kept.server.inform.Informed;
import dev.kept.server.inform.Told;
import dev.kept.server.inform.Told.Standing;
import dev.kept.server.request.Corrections;
import dev.kept.server.run.Corrected;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the recipients of a correction are told (Art. 19).
 *
 * @param told of this correction; none where nothing was changed
 * @param sends whether `kept.yaml` names a mail server
 * @param zone in which days count
 * @param waits whether it is still noted that they have to be told: another process is at it, or will be
 */
record CorrectionTold(List<Told> told, boolean sends, ZoneId zone, boolean waits) {

    /** Nobody has to be told. */
    static final CorrectionTold NOBODY = new CorrectionTold(List.of(), true, ZoneOffset.UTC, false);

    /** Whoever has to be told is told by another process, or later. */
    static final CorrectionTold LATER = new CorrectionTold(List.of(), true, ZoneOffset.UTC, true);

    static CorrectionTold of(Home home, Corrected corrected) {
        // asked in this order: who has told meanwhile is seen below
        boolean waits = corrected
                .run()
                .map(run -> new Corrections(home.state()).untold(run))
                .orElse(false);
        List<Told> told =
                corrected.run().map(run -> new Informed(home.state()).of(run)).orElse(List.of());
        return new CorrectionTold(
                told,
                home.settings().mail().isPresent(),
                home.checked().notice().orElseThrow().controller().zone(),
                waits);
    }

    private Optional<Told> of(String recipient) {
        return told.stream().filter(one -> one.recipient().equals(recipient)).findFirst();
    }

    private boolean byHand(Told one) {
        return one.standing() == Standing.TASK || (one.way().equals("mail") && !sends);
    }

    /** Recipients whom somebody has to see to. */
    long left() {
        return told.stream().filter(this::byHand).count();
    }

    Optional<String> words(String recipient) {
        Optional<String> later =
                waits ? Optional.of("is told later, by `kept serve` or the next `kept correct`") : Optional.empty();
        return of(recipient)
                .map(one -> {
                    if (one.standing() == Standing.TASK) {
                        return "by hand, until " + due(one) + ": " + reason(one);
                    }
                    return byHand(one)
                            ? "a mail waits, and none is sent: `kept.yaml` names no mail server"
                            : "is told by " + one.way() + ", by `kept serve`";
                })
                .or(() -> later);
    }

    private static String reason(Told one) {
        return switch (one.reason().orElse("")) {
            case "no-way" -> "`recipients` in `kept.yaml` names no way";
            case "nothing-known-by" -> "it received nothing of what she is known by";
            default -> one.reason().orElse("it is not told otherwise");
        };
    }

    private LocalDate due(Told one) {
        return LocalDate.ofInstant(one.dueAt(), zone);
    }

    Optional<String> advice() {
        return left() == 0
                ? Optional.empty()
                : Optional.of(
                        "tell them, and close the task in the console; ways for the next time go into `kept.yaml`");
    }

    Optional<Map<String, Object>> json(String recipient) {
        Optional<Map<String, Object>> later = waits ? Optional.of(Map.of("state", "waiting")) : Optional.empty();
        return of(recipient)
                .map(one -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("way", one.way());
                    json.put("state", one.standing() == Standing.TASK ? "task" : byHand(one) ? "not-sent" : "waiting");
                    one.reason().ifPresent(reason -> json.put("reason", reason));
                    if (one.standing() == Standing.TASK) {
                        json.put("due", due(one).toString());
                    }
                    return json;
                })
                .or(() -> later);
    }
}
