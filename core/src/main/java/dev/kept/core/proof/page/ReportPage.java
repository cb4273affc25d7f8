package dev.kept.core.proof.page;

import dev.kept.core.html.Html;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.page.Edition;
import dev.kept.core.notice.page.Margin;
import dev.kept.core.notice.page.NoticePage;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.proof.Evidence;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Report;
import dev.kept.core.proof.Seen;
import dev.kept.core.proof.StoreLook;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Verdict;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Wording;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The report as a page: the notice in one language with a verdict beside every sentence, a filter that needs no script, and below it what was found,
 * what would make each unknown known, and the proof.
 */
public final class ReportPage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final Report report;
    private final Prose prose;
    private final ZoneId zone;
    private final Numbered sentences;
    private final Wording words;
    private final String english;

    private ReportPage(Report report, Prose prose, ZoneId zone) {
        this.report = report;
        this.prose = prose;
        this.zone = zone;
        this.sentences = new Numbered(report, prose);
        this.words = prose.glossary().wordings().in(prose.language(), Area.REPORT);
        this.english = isEnglish(prose.language()) ? "" : " lang=\"en\"";
    }

    private static boolean isEnglish(String language) {
        return language.split("-", 2)[0].equals("en");
    }

    /**
     * The page.
     *
     * @param notice whose verdicts they are
     * @param prose one of its texts
     * @param edition with the addresses of the report's pages in the other languages
     * @param evidence where the ledger has it; empty where it is in none
     */
    public static String of(Report report, Notice notice, Prose prose, Edition edition, Optional<Evidence> evidence) {
        return NoticePage.of(notice, prose, edition, margin(report, notice, prose, evidence));
    }

    /** The policy that the page carries, for a server that sends it as the header {@code Content-Security-Policy}. */
    public static String policy(Report report, Notice notice, Prose prose) {
        return NoticePage.policy(margin(report, notice, prose, Optional.empty()));
    }

    private static Margin margin(Report report, Notice notice, Prose prose, Optional<Evidence> evidence) {
        ReportPage page = new ReportPage(report, prose, notice.controller().zone());
        return new VerdictMargin(
                page.sentences, page.words, isEnglish(prose.language()), page.top(), page.bottom(evidence));
    }

    private String moment(Instant instant) {
        ZonedDateTime local = instant.atZone(zone);
        return prose.phrases().date(local.toLocalDate()) + ", " + TIME.format(local) + " (" + zone.getId() + ")";
    }

    private Html top() {
        Html html = new Html();
        html.raw("<div class=\"report\">\n<h2 id=\"report\">")
                .text(words.say("title"))
                .raw("</h2>\n")
                .element("p", words.say("intro", Map.of("date", moment(report.asOf()))))
                .raw("\n<fieldset class=\"filter\"><legend>")
                .text(words.say("show"))
                .raw("</legend>\n");
        choice(html, "all", words.say("all"), sentences.size(), "", true);
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            choice(html, Marks.style(kind), words.say(kind.word()), sentences.count(kind), Marks.sign(kind), false);
        }
        html.raw("</fieldset>\n<dl class=\"meanings\">");
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            html.raw("<div><dt")
                    .attribute("class", Marks.style(kind))
                    .raw("><span class=\"sign\" aria-hidden=\"true\">")
                    .text(Marks.sign(kind))
                    .raw("</span> ")
                    .text(words.say(kind.word()))
                    .raw("</dt> ")
                    .element("dd", words.say("means." + kind.word()))
                    .raw("</div>");
        }
        return html.raw("</dl>\n</div>\n");
    }

    private static void choice(Html html, String id, String label, long count, String sign, boolean chosen) {
        html.raw("<label")
                .attribute("class", id)
                .raw("><input type=\"radio\" name=\"show\"")
                .attribute("id", "show-" + id)
                .raw(chosen ? " checked>" : ">")
                .raw("<span class=\"count\">")
                .text(Long.toString(count))
                .raw("</span> <span class=\"name\">");
        if (!sign.isEmpty()) {
            html.raw("<span class=\"sign\" aria-hidden=\"true\">").text(sign).raw("</span> ");
        }
        html.text(label).raw("</span></label>\n");
    }

    private Html bottom(Optional<Evidence> evidence) {
        Html html = new Html();
        html.raw("<section class=\"evidence\" aria-labelledby=\"evidence\">\n<h2 id=\"evidence\">")
                .text(words.say("evidence"))
                .raw("</h2>\n");
        group(html, "broken", !sentences.findings().isEmpty());
        sentences.findings().forEach((finding, numbers) -> finding(finding, numbers, html));
        end(html, !sentences.findings().isEmpty());
        group(html, "not shown", !sentences.unclear().isEmpty());
        sentences.unclear().forEach((unclear, numbers) -> unclear(unclear, numbers, html));
        end(html, !sentences.unclear().isEmpty());
        group(html, "kept", !sentences.seen().isEmpty());
        sentences.seen().forEach((seen, numbers) -> seen(seen, numbers, html));
        end(html, !sentences.seen().isEmpty());
        looked(html);
        proof(evidence, html);
        return html.raw("</section>\n");
    }

    private void group(Html html, String verdict, boolean any) {
        if (any) {
            String heading =
                    verdict.equals("kept") ? words.say("kept") + ", " + words.say("not exceeded") : words.say(verdict);
            html.element("h3", heading).raw("\n<ul class=\"found\">");
        }
    }

    private static void end(Html html, boolean any) {
        html.raw(any ? "</ul>\n" : "");
    }

    private void finding(Finding finding, List<Integer> numbers, Html html) {
        item(finding, Verdict.Kind.BROKEN, finding.message(), html);
        line("attempt", finding.attempt(), html);
        numbers(numbers, html);
        html.raw("</li>\n");
    }

    private void unclear(Unclear unclear, List<Integer> numbers, Html html) {
        item(unclear, Verdict.Kind.NOT_SHOWN, unclear.message(), html);
        line("remedy", unclear.remedy(), html);
        numbers(numbers, html);
        html.raw("</li>\n");
    }

    private void seen(Seen seen, List<Integer> numbers, Html html) {
        item(seen, Verdict.Kind.KEPT, "in `" + seen.store() + "`: " + seen.message(), html);
        numbers(numbers, html);
        html.raw("</li>\n");
    }

    private void item(Object told, Verdict.Kind kind, String message, Html html) {
        html.raw("<li")
                .attribute("id", sentences.place(told))
                .attribute("class", Marks.style(kind))
                .raw("><p" + english + "><span class=\"sign\" aria-hidden=\"true\">")
                .text(Marks.sign(kind))
                .raw("</span> ")
                .add(Ticks.code(message))
                .raw("</p>");
    }

    private void line(String word, String text, Html html) {
        html.raw("<p class=\"more\"><b>")
                .text(words.say(word))
                .raw("</b> <span" + english + ">")
                .add(Ticks.code(text))
                .raw("</span></p>");
    }

    private void numbers(List<Integer> numbers, Html html) {
        html.raw("<p class=\"more\"><b>").text(words.say("sentences")).raw("</b>");
        for (int number : numbers) {
            html.raw(" <a")
                    .attribute("href", "#verdict-" + number)
                    .raw(">")
                    .text(Integer.toString(number))
                    .raw("</a>");
        }
        html.raw("</p>");
    }

    private void looked(Html html) {
        if (report.stores().isEmpty()) {
            return;
        }
        html.element("h3", words.say("looked")).raw("\n<ul>");
        for (StoreLook look : report.stores()) {
            html.raw("<li><p>");
            if (look.failure().isPresent()) {
                html.raw("<span" + english + ">")
                        .add(Ticks.code(look.failure().get().message()))
                        .raw("</span>");
            } else {
                html.text(words.say(
                        "store",
                        Map.of(
                                "store", look.store(),
                                "date", look.snapshot().map(this::moment).orElse("–"),
                                "limit", Long.toString(look.limit().toSeconds()))));
                html.text(look.replica() ? " " + words.say("replica") : "");
            }
            html.raw("</p></li>");
        }
        html.raw("</ul>\n");
    }

    private void proof(Optional<Evidence> evidence, Html html) {
        html.element("h3", words.say("proof"));
        if (evidence.isEmpty()) {
            html.raw("<p>").text(words.say("no-proof")).raw("</p>\n");
            return;
        }
        Evidence entry = evidence.get();
        html.raw("<p>")
                .text(words.say("entry", Map.of("index", Long.toString(entry.index()), "log", entry.log())))
                .raw("</p>\n<p class=\"files\"><a")
                .attribute("href", entry.entryFile())
                .raw(">")
                .text(words.say("entry-file"))
                .raw("</a> <a")
                .attribute("href", entry.proofFile())
                .raw(">")
                .text(words.say("proof-file"))
                .raw("</a></p>\n<p>")
                .text(words.say("key"))
                .raw(" ")
                .element("code", entry.key())
                .raw("</p>\n");
    }
}
