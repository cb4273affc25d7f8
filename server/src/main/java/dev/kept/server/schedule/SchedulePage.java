package dev.kept.server.schedule;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.TableName;
import dev.kept.core.datamap.picture.MapPicture;
import dev.kept.core.datamap.picture.TableFacts;
import dev.kept.core.html.Html;
import dev.kept.core.lifecycle.Grouping;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.prose.Phrases;
import dev.kept.core.source.Sha256;
import dev.kept.server.schedule.Schedule.Line;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A store's retention schedule as one file of HTML, for those who have to answer for it (Art. 5(1)(e), 24 and 30(1)(f)): a picture of how persons are
 * reached, the purposes with their legal bases and ends, and what becomes of each table and column. Made of notice, map and catalogue alone; no
 * script, nothing loaded from anywhere. In English.
 */
public final class SchedulePage {

    private final BoundStore store;
    private final Plan plan;
    private final Optional<Phrases> words;
    private final Html html = new Html();

    private SchedulePage(BoundStore store, Plan plan, Optional<Phrases> words) {
        this.store = store;
        this.plan = plan;
        this.words = words;
    }

    /** @param words the notice's own for events and interests, where it has an English text */
    public static String of(BoundStore store, Plan plan, Optional<Phrases> words) {
        return new SchedulePage(store, plan, words).page();
    }

    private String page() {
        html.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta http-equiv=\"Content-Security-Policy\"")
                .attribute("content", policy())
                .raw(">\n")
                .element("title", "Retention schedule of " + name())
                .raw("\n<style>" + ScheduleStyle.CSS + "</style>\n</head>\n<body>\n")
                .raw("<a class=\"skip\" href=\"#schedule\">To the schedule</a>\n<div class=\"page\">\n");
        header();
        html.raw("<main id=\"schedule\" tabindex=\"-1\">\n");
        refusals();
        picture();
        uses();
        categories();
        tables();
        notPersonal();
        html.raw("</main>\n");
        footer();
        return html.raw("</div>\n</body>\n</html>\n").toString();
    }

    private static String policy() {
        return "default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(Sha256.bytes(ScheduleStyle.CSS))
                + "'; base-uri 'none'; form-action 'none'";
    }

    private String name() {
        return store.store().name();
    }

    private void header() {
        LocalDate day = LocalDate.ofInstant(plan.asOf().instant(), plan.asOf().zone());
        html.raw("<header>\n<p class=\"of\">")
                .text(store.notice().controller().name())
                .raw("</p>\n<h1>Retention schedule of <code>")
                .text(name())
                .raw("</code></h1>\n<p class=\"lead\">")
                .text(
                        "Data lives only while a purpose is alive. This page says, for every table and column of the store, whose the data is, "
                                + "which purposes need it, when each of them ends, and what is then cleared or deleted.")
                .raw("</p>\n<p class=\"soft\">")
                .text("As of " + words.map(in -> in.date(day)).orElse(day.toString()) + ".")
                .raw("</p>\n<nav aria-label=\"Contents\"><ul><li><a href=\"#reached\">How a person is reached</a></li>")
                .raw(
                        "<li><a href=\"#purposes\">Purposes and their ends</a></li><li><a href=\"#categories\">Categories of data</a></li><li><a href=\"#tables\">Tables</a></li>")
                .raw("</ul></nav>\n</header>\n");
    }

    private void refusals() {
        plan.refusals()
                .forEach(problem -> html.raw("<p class=\"refused\"><strong>No sweep runs:</strong> ")
                        .text(problem.message())
                        .raw("</p>\n"));
    }

    private void picture() {
        html.raw("<section aria-labelledby=\"reached\">\n<h2 id=\"reached\">How a person is reached</h2>\n")
                .raw(
                        "<p>Persons stand at the left; what is theirs is reached along the lines, from left to right. The tables below say the same in words.</p>\n")
                .raw(
                        "<div class=\"map-box\" tabindex=\"0\" role=\"region\" aria-label=\"Picture of how persons are reached\">\n")
                .add(MapPicture.of(store, table -> "#" + anchor(table)))
                .raw(
                        "</div>\n<p class=\"soft\">Dashed: rows that belong to all who point to them. ≤: the longest period of a table's purposes.</p>\n</section>\n");
    }

    private void uses() {
        html.raw("<section aria-labelledby=\"purposes\">\n<h2 id=\"purposes\">Purposes and their ends</h2>\n")
                .raw(
                        "<p>Where a purpose has several ends, of those that count for the data, the earliest counts. Data that several purposes need lives until the last of them has ended.</p>\n")
                .raw(
                        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of purposes\"><table>\n<thead><tr>")
                .raw(
                        "<th scope=\"col\">Purpose</th><th scope=\"col\">Legal basis</th><th scope=\"col\">Ends</th><th scope=\"col\">When a person asks for erasure</th></tr></thead>\n<tbody>\n");
        store.notice().uses().values().stream().filter(Use::concernsPersons).forEach(this::use);
        plan.tables()
                .flatMap(table -> table.grouping().stream())
                .map(Grouping::use)
                .distinct()
                .flatMap(id -> Optional.ofNullable(store.notice().uses().get(id)).stream())
                .forEach(this::anonymised);
        html.raw("</tbody>\n</table></div>\n</section>\n");
    }

    private void use(Use use) {
        html.raw("<tr")
                .attribute("id", "use-" + use.id())
                .raw("><th scope=\"row\"><code>")
                .text(use.id())
                .raw("</code></th><td>");
        html.text(basis(use));
        use.interest()
                .map(interest -> own(use.path() + ".interest", interest))
                .ifPresent(interest -> html.raw("<br><span class=\"soft\">")
                        .text("Interest: " + interest)
                        .raw("</span>"));
        html.raw("</td><td>")
                .text(ends(use))
                .raw("</td><td>")
                .text(request(use))
                .raw("</td></tr>\n");
    }

    /** A use of figures of groups: it keeps no person's data. */
    private void anonymised(Use use) {
        html.raw("<tr")
                .attribute("id", "use-" + use.id())
                .raw("><th scope=\"row\"><code>")
                .text(use.id())
                .raw("</code></th><td>")
                .text(basis(use))
                .raw("</td><td>")
                .text("Concerns nobody: figures of groups of at least "
                        + use.anonymisedAtLeast().orElseThrow() + " persons, which do not end")
                .raw("</td><td>")
                .text("nothing of it is a person's")
                .raw("</td></tr>\n");
    }

    private String basis(Use use) {
        String article = use.law()
                .map(law -> own(use.path() + ".law", law))
                .orElseGet(() -> "Art. 6(1)(" + use.basis().letter() + ") GDPR");
        String basis = use.basis() == LegalBasis.LEGAL_OBLIGATION && use.duty() == Use.Duty.PERMITTED
                ? "permitted by law"
                : use.basis().word().replace('-', ' ');
        return capital(basis) + ", " + article;
    }

    /** In the notice's own words, where it has an English text. */
    private String own(String key, String written) {
        return words.map(in -> in.own(key, written)).orElse(written);
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** In the notice's words where it ends by them alone; what earlier versions still say is told with the names of events. */
    private String ends(Use use) {
        return capital(words.filter(in -> !TableFacts.ofSeveralVersions(use))
                .map(in -> in.ends(use.ends()))
                .orElseGet(() -> TableFacts.ends(use)));
    }

    private static String request(Use use) {
        return switch (use.onRequest()) {
            case ENDS -> "ends at once";
            case AT_ITS_END -> "ends at once, unless something is open";
            case NEVER -> "stays until its end";
            case REVIEW -> "restricted until somebody has decided";
        };
    }

    private void categories() {
        html.raw("<section aria-labelledby=\"categories\">\n<h2 id=\"categories\">Categories of data</h2>\n")
                .raw("<p>The notice's categories, with their terms in the Data Privacy Vocabulary.</p>\n")
                .raw(
                        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of categories\"><table>\n<thead><tr>")
                .raw("<th scope=\"col\">Category</th><th scope=\"col\">Is</th></tr></thead>\n<tbody>\n");
        store.notice().collects().values().stream()
                .filter(category -> store.tables().values().stream()
                        .flatMap(table -> table.columns().values().stream())
                        .anyMatch(column -> column.map().categories().contains(category.id())))
                .forEach(category -> html.raw("<tr><th scope=\"row\"><code>")
                        .text(category.id())
                        .raw("</code></th><td>")
                        .text(String.join(", ", category.terms()))
                        .raw("</td></tr>\n"));
        html.raw("</tbody>\n</table></div>\n</section>\n");
    }

    private void tables() {
        html.raw("<section aria-labelledby=\"tables\">\n<h2 id=\"tables\">Tables</h2>\n")
                .raw("<p>In the order in which a sweep treats them: what depends on something goes before it.</p>\n");
        plan.tables().forEach(this::table);
        html.raw("</section>\n");
    }

    private void table(TablePlan planned) {
        BoundTable table = store.table(planned.table());
        html.raw("<article class=\"table\"")
                .attribute("id", anchor(table.name()))
                .raw(">\n<h3><code>")
                .text(table.name().toString())
                .raw("</code>");
        if (planned.cost().rows() >= 0) {
            html.raw(" <span class=\"soft\">")
                    .text(String.format(
                            Locale.ROOT, "about %,d rows", planned.cost().rows()))
                    .raw("</span>");
        }
        html.raw("</h3>\n<dl>\n<div><dt>Whose</dt><dd><ul>");
        TableFacts.owners(table).forEach(owner -> html.element("li", owner));
        html.raw("</ul></dd></div>\n<div><dt>Needed for</dt><dd><ul>");
        TableFacts.uses(store, table)
                .forEach(use -> html.raw("<li><a")
                        .attribute("href", "#use-" + use.id())
                        .raw(">")
                        .text(use.id())
                        .raw("</a>: ")
                        .text(ends(use))
                        .raw("</li>"));
        html.raw("</ul></dd></div>\n</dl>\n");
        columns(table);
        html.raw("<ul class=\"said\">\n");
        for (Line line : Schedule.of(store, planned)) {
            if (!line.text().startsWith("whose: ")) {
                sentence(line.text());
            }
        }
        html.raw("</ul>\n</article>\n");
    }

    /** {@code deleted: …} with its first word set apart, and names in backticks as code. */
    private void sentence(String text) {
        int colon = text.indexOf(": ");
        html.raw("<li><strong>").text(capital(text.substring(0, colon))).raw("</strong>: ");
        String[] parts = text.substring(colon + 2).split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1) {
                html.element("code", parts[i]);
            } else {
                html.text(parts[i]);
            }
        }
        html.raw("</li>\n");
    }

    private void columns(BoundTable table) {
        html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\"")
                .attribute("aria-label", "Columns of " + table.name())
                .raw(
                        "><table>\n<thead><tr><th scope=\"col\">Column</th><th scope=\"col\">Holds</th><th scope=\"col\">Needed for</th></tr></thead>\n<tbody>\n");
        for (BoundColumn column : table.columns().values()) {
            html.raw("<tr><th scope=\"row\"><code>")
                    .text(column.map().id())
                    .raw("</code></th><td>")
                    .text(holds(column))
                    .raw("</td><td>")
                    .text(column.map().notPersonal() ? "" : String.join(", ", column.uses()))
                    .raw("</td></tr>\n");
        }
        html.raw("</tbody>\n</table></div>\n");
    }

    private static String holds(BoundColumn column) {
        if (column.map().notPersonal()) {
            return "nothing about a person";
        }
        return String.join(", ", column.map().categories())
                + (column.map().of().isEmpty()
                        ? ""
                        : ", of " + String.join(", ", column.map().of()));
    }

    private void notPersonal() {
        List<TableName> names = store.store().tables().values().stream()
                .filter(table -> !table.personal())
                .map(table -> table.name())
                .toList();
        if (names.isEmpty()) {
            return;
        }
        html.raw(
                "<section aria-labelledby=\"others\">\n<h2 id=\"others\">Tables without data of persons</h2>\n<p>Said so by the map, and never changed, but for figures that sweeps add where a table above says so.</p>\n<ul class=\"names\">");
        names.forEach(name -> html.raw("<li><code>").text(name.toString()).raw("</code></li>"));
        html.raw("</ul>\n</section>\n");
    }

    private void footer() {
        html.raw("<footer>\n<p>")
                .text("Made by Kept from the notice, the data map and the catalogue; no row was read. Plan ")
                .raw("<code class=\"hash\">")
                .text(plan.hash())
                .raw("</code></p>\n</footer>\n");
    }

    private static String anchor(TableName table) {
        return "t-" + TableFacts.anchor(table);
    }
}
