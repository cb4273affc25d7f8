package dev.kept.core.proof.page;

import dev.kept.core.html.Html;
import dev.kept.core.notice.page.Margin;
import dev.kept.core.notice.prose.Sentence;
import dev.kept.core.proof.Verdict;
import dev.kept.core.wording.Wording;
import java.util.HashSet;
import java.util.Set;

/** Sets a verdict beside every sentence, a summary with a filter at the top, and the evidence at the end. */
final class VerdictMargin implements Margin {

    private final Numbered sentences;
    private final Wording words;
    private final boolean english;
    private final Html top;
    private final Html bottom;

    /** What has been told in the margin already: the second time a link is enough, but for what is broken. */
    private final Set<Object> told = new HashSet<>();

    VerdictMargin(Numbered sentences, Wording words, boolean english, Html top, Html bottom) {
        this.sentences = sentences;
        this.words = words;
        this.english = english;
        this.top = top;
        this.bottom = bottom;
    }

    @Override
    public Html top() {
        return top;
    }

    @Override
    public Html bottom() {
        return bottom;
    }

    @Override
    public String style() {
        return ReportStyle.css(sentences.size());
    }

    @Override
    public String classes(Sentence sentence) {
        return sentences
                .verdict(sentence)
                .map(verdict -> "v " + Marks.style(verdict.kind()) + " n" + number(sentence))
                .orElse("");
    }

    private int number(Sentence sentence) {
        return sentences.number(sentence).orElseThrow();
    }

    @Override
    public Html beside(Sentence sentence, String id) {
        Html html = new Html();
        sentences.verdict(sentence).ifPresent(verdict -> verdict(sentence, verdict, html));
        return html;
    }

    private void verdict(Sentence sentence, Verdict verdict, Html html) {
        int number = number(sentence);
        html.raw("<p")
                .attribute("class", "verdict " + Marks.style(verdict.kind()))
                .attribute("id", "verdict-" + number)
                .raw("><a")
                .attribute("href", "#" + sentences.place(first(verdict)))
                .raw("><span class=\"no\">")
                .text(Integer.toString(number))
                .raw("</span> <span class=\"sign\" aria-hidden=\"true\">")
                .text(Marks.sign(verdict.kind()))
                .raw("</span> <b>")
                .text(words.say(verdict.kind().word()))
                .raw("</b></a>");
        boolean heading = sentences.heading(sentence);
        if (!heading && (told.add(first(verdict)) || verdict.kind() == Verdict.Kind.BROKEN)) {
            html.raw(" <span class=\"what\"")
                    .raw(english ? ">" : " lang=\"en\">")
                    .text(message(verdict))
                    .raw("</span>");
        }
        html.raw("</p>");
    }

    private static Object first(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Kept kept -> kept.seen().getFirst();
            case Verdict.NotExceeded within -> within.seen().getFirst();
            case Verdict.Broken broken -> broken.findings().getFirst();
            case Verdict.NotShown open -> open.why().getFirst();
        };
    }

    private static String message(Verdict verdict) {
        return Ticks.off(
                switch (verdict) {
                    case Verdict.Kept kept -> kept.seen().getFirst().message();
                    case Verdict.NotExceeded within -> within.seen().getFirst().message();
                    case Verdict.Broken broken -> broken.findings().getFirst().message();
                    case Verdict.NotShown open -> open.why().getFirst().message();
                });
    }
}
