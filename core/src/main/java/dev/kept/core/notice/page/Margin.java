package dev.kept.core.notice.page;

import dev.kept.core.html.Html;
import dev.kept.core.notice.prose.Sentence;

/** What a page says that is not the notice itself: a report sets a verdict beside every sentence. */
public interface Margin {

    /** The notice alone. */
    Margin NONE = new Margin() {};

    /** Stands under the title, before the text. */
    default Html top() {
        return new Html();
    }

    /**
     * Stands in the margin beside a sentence, phrasing or flow content; nothing where empty.
     *
     * @param id of the sentence's element on this page; empty where it names no rule
     */
    default Html beside(Sentence sentence, String id) {
        return new Html();
    }

    /** Further classes of the sentence's element, parted by blanks: by them a style can mark or hide it. */
    default String classes(Sentence sentence) {
        return "";
    }

    /** Stands after the text, before the foot. */
    default Html bottom() {
        return new Html();
    }

    /** CSS that follows the page's own. */
    default String style() {
        return "";
    }
}
