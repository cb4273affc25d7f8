package dev.kept.core.notice.page;

import dev.kept.core.html.Html;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.prose.Phrases;
import dev.kept.core.notice.prose.Sentence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands beside the sentence on a use: its legal basis and its end (GDPR Art. 13(1)(c) and (2)(a)). */
final class Facts {

    private final Notice notice;
    private final Phrases phrases;
    private final SentenceIds ids;

    Facts(Notice notice, Phrases phrases, SentenceIds ids) {
        this.notice = notice;
        this.phrases = phrases;
        this.ids = ids;
    }

    /** Nothing where the sentence is not the one that states a use best. */
    Html beside(Sentence sentence) {
        Html html = new Html();
        notice.uses().values().stream()
                .filter(use -> ids.isBest(sentence, use.path()))
                .forEach(use -> facts(use, html));
        return html;
    }

    private void facts(Use use, Html html) {
        html.raw("<dl class=\"facts\">");
        for (Fact fact : of(use)) {
            html.raw("<div>").element("dt", fact.label()).raw("<dd>").text(fact.words());
            fact.source()
                    .ifPresent(source ->
                            html.raw(" <span class=\"source\">").text(source).raw("</span>"));
            html.raw("</dd></div>");
        }
        html.raw("</dl>");
    }

    /** @param source where it is written */
    record Fact(String label, String words, Optional<String> source) {}

    List<Fact> of(Use use) {
        String article = phrases.page("article", Map.of("letter", use.basis().letter()));
        String law =
                use.law().map(cited -> phrases.own(use.path() + ".law", cited)).orElse(article);
        String ends = use.ends().isEmpty() ? phrases.page("anonymous") : phrases.ends(use.ends());
        return List.of(
                new Fact(phrases.page("basis"), phrases.capital(phrases.basis(use.basis())), Optional.of(law)),
                new Fact(phrases.page("ends"), phrases.capital(ends), Optional.empty()));
    }
}
