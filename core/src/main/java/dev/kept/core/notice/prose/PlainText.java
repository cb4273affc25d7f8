package dev.kept.core.notice.prose;

import java.util.List;

/** Text without markup, line ends closed up as the script wants ({@link LineEnds}). */
final class PlainText {

    private final StringBuilder text = new StringBuilder();
    private boolean atLineEnd;

    void append(List<Inline> inlines) {
        inlines.forEach(this::append);
    }

    void append(Inline inline) {
        switch (inline) {
            case Inline.Text words -> append(words.text());
            case Inline.Value value -> append(value.text());
            case Inline.Code code -> append(code.text());
            case Inline.LineBreak lineBreak -> atLineEnd = true;
            case Inline.Strong strong -> append(strong.content());
            case Inline.Emphasis emphasis -> append(emphasis.content());
            case Inline.Link link -> append(link.content());
        }
    }

    private void append(String words) {
        if (words.isEmpty()) {
            return;
        }
        if (atLineEnd && !text.isEmpty()) {
            text.append(LineEnds.between(text.substring(text.offsetByCodePoints(text.length(), -1)), words));
        }
        atLineEnd = false;
        text.append(words);
    }

    /** Whether a sentence of the language would begin here. */
    boolean atSentenceStart() {
        int end = text.length();
        while (end > 0 && "\"'”’»)] \u00a0".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        boolean ended = end == 0 || ".!?。！？".indexOf(text.charAt(end - 1)) >= 0;
        return ended && (end == 0 || end < text.length() || atLineEnd);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
