package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.server.console.Parts.Tone;
import dev.kept.server.inform.Told;

/** How far a recipient has been told, in words. */
final class RecipientWords {

    private RecipientWords() {}

    static Html state(Told told) {
        return switch (told.standing()) {
            case WAITING -> Parts.pill(Tone.CALM, "on its way");
            case TOLD -> Parts.pill(Tone.CALM, "told, not confirmed");
            case CONFIRMED -> Parts.pill(Tone.GOOD, "confirmed");
            case TASK -> Parts.pill(Tone.WARN, "waits for somebody");
            case CLOSED -> Parts.pill(Tone.GOOD, "told by somebody");
        };
    }

    static String way(Told told) {
        return switch (told.way()) {
            case "mail" -> "mail";
            case "webhook" -> "a signed message";
            default -> "somebody, by hand";
        };
    }

    /** Why Kept does not get through. */
    static String why(Told told) {
        return switch (told.reason().orElse("")) {
            case "no-way" -> "recipients in kept.yaml names no way";
            case "nothing-known-by" -> "it received nothing of what she is known by";
            case "not-confirmed" -> "it was reminded, and has not confirmed";
            case "undeliverable" -> "the mail came back, or was given up";
            case "not-taken" -> "its address did not take the message";
            case "not-known-what" -> "nobody could find out what was changed: see what it received";
            default -> told.reason().orElse("");
        };
    }
}
