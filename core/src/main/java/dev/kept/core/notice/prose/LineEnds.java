package dev.kept.core.notice.prose;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What stands where a line of the file ends within a text: a space, but none beside Chinese or Japanese characters. */
public final class LineEnds {

    private static final Set<UCharacter.UnicodeBlock> UNSPACED_PUNCTUATION = Set.of(
            UCharacter.UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION, UCharacter.UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS);

    private LineEnds() {}

    /** What stands between two texts that follow each other: a space, or nothing, also where there is one already. */
    public static String between(String before, String after) {
        if (before.isEmpty() || after.isEmpty()) {
            return "";
        }
        int last = before.codePointBefore(before.length());
        int first = after.codePointAt(0);
        boolean spaced = Character.isWhitespace(last) || Character.isWhitespace(first);
        return spaced || isUnspaced(last) || isUnspaced(first) ? "" : " ";
    }

    private static boolean isUnspaced(int codePoint) {
        return switch (UScript.getScript(codePoint)) {
            case UScript.HAN, UScript.HIRAGANA, UScript.KATAKANA -> true;
            default -> UNSPACED_PUNCTUATION.contains(UCharacter.UnicodeBlock.of(codePoint));
        };
    }

    /** The same pieces with a space or nothing for each end of a line that the reader does not see. */
    static List<Inline> closed(List<Inline> content) {
        List<Inline> leaves = content.stream().flatMap(LineEnds::leaves).toList();
        Deque<String> joints = new ArrayDeque<>();
        for (int i = 0; i < leaves.size(); i++) {
            if (isSoft(leaves.get(i))) {
                joints.add(between(i == 0 ? "" : plain(leaves.get(i - 1)), plainAfter(leaves, i)));
            }
        }
        return closed(content, joints);
    }

    private static List<Inline> closed(List<Inline> content, Deque<String> joints) {
        List<Inline> closed = new ArrayList<>();
        for (Inline inline : content) {
            switch (inline) {
                case Inline.LineBreak end
                when !end.hard() -> {
                    String joint = joints.remove();
                    if (!joint.isEmpty()) {
                        closed.add(new Inline.Text(joint));
                    }
                }
                case Inline.Strong strong -> closed.add(new Inline.Strong(closed(strong.content(), joints)));
                case Inline.Emphasis emphasis -> closed.add(new Inline.Emphasis(closed(emphasis.content(), joints)));
                case Inline.Link link ->
                    closed.add(new Inline.Link(link.destination(), closed(link.content(), joints), link.place()));
                case Inline.Text text -> closed.add(text);
                case Inline.Value value -> closed.add(value);
                case Inline.Code code -> closed.add(code);
                case Inline.LineBreak end -> closed.add(end);
            }
        }
        return List.copyOf(closed);
    }

    private static boolean isSoft(Inline inline) {
        return inline instanceof Inline.LineBreak end && !end.hard();
    }

    /** The pieces that are not made of others, without empty ones. */
    private static Stream<Inline> leaves(Inline inline) {
        if (!inline.parts().isEmpty()) {
            return inline.parts().stream().flatMap(LineEnds::leaves);
        }
        return isSoft(inline) || !plain(inline).isEmpty() ? Stream.of(inline) : Stream.empty();
    }

    private static String plainAfter(List<Inline> leaves, int end) {
        return leaves.stream()
                .skip(end + 1L)
                .filter(leaf -> !isSoft(leaf))
                .findFirst()
                .map(LineEnds::plain)
                .orElse("");
    }

    private static String plain(Inline leaf) {
        return switch (leaf) {
            case Inline.Text text -> text.text();
            case Inline.Value value -> value.text();
            case Inline.Code code -> code.text();
            case Inline.LineBreak end -> "";
            case Inline.Strong strong -> "";
            case Inline.Emphasis emphasis -> "";
            case Inline.Link link -> "";
        };
    }
}
