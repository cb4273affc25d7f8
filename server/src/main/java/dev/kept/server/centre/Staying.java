package dev.kept.server.centre;

import dev.kept.core.html.Html;
import dev.kept.core.lifecycle.Ground;
import dev.kept.core.notice.Use;
import dev.kept.server.request.Details.StorePart;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stays of a person after an erasure, as she reads it: for which use of the notice, on which ground, and until when; over all stores, without their
 * tables (DESIGN, on request; GDPR Art. 12(4)).
 *
 * @param use of the notice; empty where none is alive and something else keeps it
 */
record Staying(Optional<Use> use, Ground ground) {

    /** Nothing where nothing stays. */
    static Html of(Guest guest, List<StorePart> parts) {
        Map<Staying, Optional<LocalDate>> all = read(guest, parts);
        Html html = new Html();
        if (all.isEmpty()) {
            return html;
        }
        html.element("h2", guest.say("stays.title"))
                .element("p", guest.say("stays.about"))
                .raw("<ul class=\"stays\">");
        all.forEach((one, until) -> {
            html.raw("<li>");
            one.use()
                    .ifPresent(use -> html.element(
                                    "b", UseWords.of(use, guest.prose()).title())
                            .raw(" <span class=\"soft\">(")
                            .text(until.map(day -> guest.words().say("stays.until", Map.of("date", guest.day(day))))
                                    .orElseGet(() -> guest.say("stays.undated")))
                            .raw(")</span><br>"));
            html.text(guest.say("stays." + one.ground().word())).raw("</li>");
        });
        return html.raw("</ul>\n");
    }

    /** Each use and ground once, with the last of its days; without a day where one of them has none. */
    private static Map<Staying, Optional<LocalDate>> read(Guest guest, List<StorePart> parts) {
        Map<Staying, Optional<LocalDate>> all = new LinkedHashMap<>();
        for (StorePart part : parts) {
            for (Object one : part.result().get("stays") instanceof List<?> list ? list : List.of()) {
                if (one instanceof Map<?, ?> of) {
                    Optional<Use> use =
                            Optional.ofNullable(guest.notice().uses().get(String.valueOf(of.get("use"))));
                    Optional<LocalDate> until =
                            Optional.ofNullable(of.get("until")).map(day -> LocalDate.parse(String.valueOf(day)));
                    Ground.parse(String.valueOf(of.get("ground")))
                            .ifPresent(ground -> all.merge(new Staying(use, ground), until, Staying::later));
                }
            }
        }
        return all;
    }

    private static Optional<LocalDate> later(Optional<LocalDate> one, Optional<LocalDate> other) {
        return one.flatMap(first -> other.map(second -> first.isAfter(second) ? first : second));
    }
}
