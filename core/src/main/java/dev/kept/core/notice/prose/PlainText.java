package dev.kept.core.notice.prose;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import java.util.List;
import java.util.Set;

/** Text without markup, line ends closed up as the script wants: a space, but none beside Chinese or Japanese characters. */
final class PlainText {

    private static final Set<UCharacter.UnicodeBlock> UNSPACED_PUNCTUATION = Set.of(
            UCharacter.UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION, UCharacter.UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS);

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
            boolean unspaced = isUnspaced(text.codePointBefore(text.length())) || isUnspaced(words.codePointAt(0));
            text.append(unspaced ? "" : " ");
        }
        atLineEnd = false;
        text.append(words);
    }

    private static boolean isUnspaced(int codePoint) {
        return switch (UScript.getScript(codePoint)) {
            case UScript.HAN, UScript.HIRAGANA, UScript.KATAKANA -> true;
            default -> UNSPACED_PUNCTUATION.contains(UCharacter.UnicodeBlock.of(codePoint));
        };
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
