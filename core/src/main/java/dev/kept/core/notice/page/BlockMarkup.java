package dev.kept.core.notice.page;

import dev.kept.core.html.Html;
import dev.kept.core.notice.prose.Block;
import dev.kept.core.notice.prose.Inline;
import dev.kept.core.notice.prose.LineEnds;
import dev.kept.core.notice.prose.Phrases;
import dev.kept.core.notice.prose.Sentence;
import java.util.List;

/** Blocks of the prose as HTML: each text with what stands beside it. */
final class BlockMarkup {

    private final SentenceIds ids;
    private final Facts facts;
    private final Margin margin;
    private final Phrases phrases;

    BlockMarkup(SentenceIds ids, Facts facts, Margin margin, Phrases phrases) {
        this.ids = ids;
        this.facts = facts;
        this.margin = margin;
        this.phrases = phrases;
    }

    void blocks(List<Block> blocks, Html html) {
        blocks.forEach(block -> block(block, html));
    }

    private void block(Block block, Html html) {
        switch (block) {
            case Block.Heading heading -> heading(heading, "", html);
            case Block.Paragraph paragraph -> entry("p", "", new Html(), paragraph.sentences(), html);
            case Block.InShort inShort ->
                entry(
                        "p",
                        "short",
                        new Html()
                                .raw("<b class=\"label\">")
                                .text(phrases.page("in-short"))
                                .raw("</b> "),
                        inShort.sentences(),
                        html);
            case Block.Items items -> items(items, html);
        }
    }

    private void items(Block.Items items, Html html) {
        String tag = items.numbered() ? "ol" : "ul";
        html.raw("<" + tag + ">");
        for (List<Block> item : items.items()) {
            html.raw("<li>");
            blocks(item, html);
            html.raw("</li>");
        }
        html.raw("</" + tag + ">");
    }

    /** @param id where the heading's sentence has none of its own */
    void heading(Block.Heading heading, String id, Html html) {
        String tag = "h" + heading.level();
        Sentence sentence = heading.sentence();
        String own = ids.of(sentence).isEmpty() ? id : "";
        Html beside = beside(List.of(sentence));
        begin(beside, html);
        html.raw("<" + tag);
        if (!own.isEmpty()) {
            html.attribute("id", own);
        }
        html.raw(">");
        sentence(sentence, html);
        html.raw("</" + tag + ">");
        end(beside, html);
    }

    private void entry(String tag, String kind, Html before, List<Sentence> sentences, Html html) {
        Html beside = beside(sentences);
        begin(beside, html);
        html.raw(kind.isEmpty() ? "<" + tag + ">" : "<" + tag + " class=\"" + kind + "\">")
                .add(before);
        String last = "";
        for (Sentence sentence : sentences) {
            String plain = sentence.plain();
            html.raw(LineEnds.between(last, plain));
            sentence(sentence, html);
            last = plain;
        }
        html.raw("</" + tag + ">");
        end(beside, html);
    }

    private static void begin(Html beside, Html html) {
        html.raw(beside.isEmpty() ? "" : "<div class=\"entry\">");
    }

    private static void end(Html beside, Html html) {
        if (!beside.isEmpty()) {
            html.raw("<div class=\"beside\">").add(beside).raw("</div></div>");
        }
        html.raw("\n");
    }

    private Html beside(List<Sentence> sentences) {
        Html beside = new Html();
        for (Sentence sentence : sentences) {
            beside.add(facts.beside(sentence)).add(margin.beside(sentence, ids.of(sentence)));
        }
        return beside;
    }

    private void sentence(Sentence sentence, Html html) {
        String id = ids.of(sentence);
        String classes = margin.classes(sentence);
        if (id.isEmpty() && classes.isEmpty()) {
            inlines(sentence.flowing(), html);
            return;
        }
        html.raw("<span").attribute("class", ("sentence " + classes).strip());
        if (!id.isEmpty()) {
            html.attribute("id", id);
        }
        html.raw(">");
        ids.further(sentence)
                .forEach(path -> html.raw("<span").attribute("id", path).raw("></span>"));
        inlines(sentence.flowing(), html);
        html.raw("</span>");
    }

    /** The pieces of a text, as they stand in a heading, too. */
    static void inlines(List<Inline> inlines, Html html) {
        inlines.forEach(inline -> inline(inline, html));
    }

    private static void inline(Inline inline, Html html) {
        switch (inline) {
            case Inline.Text text -> html.text(text.text());
            case Inline.Value value -> html.text(value.text());
            case Inline.Code code -> html.element("code", code.text());
            case Inline.LineBreak end -> html.raw(end.hard() ? "<br>" : " ");
            case Inline.Strong strong -> nested("strong", strong.content(), html);
            case Inline.Emphasis emphasis -> nested("em", emphasis.content(), html);
            case Inline.Link link -> {
                html.raw("<a").attribute("href", link.destination()).raw(">");
                inlines(link.content(), html);
                html.raw("</a>");
            }
        }
    }

    private static void nested(String tag, List<Inline> content, Html html) {
        html.raw("<" + tag + ">");
        inlines(content, html);
        html.raw("</" + tag + ">");
    }
}
