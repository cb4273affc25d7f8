package dev.kept.core.proof;

import dev.kept.core.html.Html;
import dev.kept.core.proof.Verdict.Kind;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A small picture (SVG) for the company's own site: how many sentences are kept, broken, not shown, and as of when. */
public final class Badge {

    private static final int HEIGHT = 24;
    private static final int PADDING = 9;

    /** About the width of a letter of the font, in pixels; text is fitted to what is reckoned with it. */
    private static final double LETTER = 6.4;

    private static final String BROKEN = "#a3271d";
    private static final String OPEN = "#7a5600";
    private static final String KEPT = "#1f6b4a";
    private static final String INK = "#2b2a27";

    private Badge() {}

    /**
     * The picture; it says the same to those who have it read to them.
     *
     * @param zone in which the day is said
     */
    public static String svg(Report report, ZoneId zone) {
        Map<Kind, Long> counts = report.counts();
        String left = "privacy notice " + report.asOf().atZone(zone).toLocalDate();
        String right = said(counts);
        long leftWidth = width(left);
        long rightWidth = width(right);
        long width = leftWidth + rightWidth;
        return new Html()
                .raw("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + HEIGHT
                        + "\" viewBox=\"0 0 " + width + " " + HEIGHT
                        + "\" role=\"img\" aria-labelledby=\"t\"><title id=\"t\">")
                .text(left + ": " + right)
                .raw(
                        "</title><rect width=\"" + width + "\" height=\"" + HEIGHT + "\" rx=\"4\" fill=\""
                                + colour(counts)
                                + "\"/><path d=\"M4 0h" + (leftWidth - 4) + "v" + HEIGHT + "h-" + (leftWidth - 4)
                                + "a4 4 0 0 1-4-4v-16a4 4 0 0 1 4-4z\" fill=\"" + INK
                                + "\"/><g fill=\"#fff\" font-family=\"system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif\" font-size=\"12\" aria-hidden=\"true\">")
                .raw(text(PADDING, leftWidth))
                .text(left)
                .raw("</text>" + text(leftWidth + PADDING, rightWidth))
                .text(right)
                .raw("</text></g></svg>\n")
                .toString();
    }

    private static String text(long x, long width) {
        return "<text x=\"" + x + "\" y=\"16\" textLength=\"" + (width - 2 * PADDING)
                + "\" lengthAdjust=\"spacingAndGlyphs\">";
    }

    private static long width(String text) {
        return Math.round(text.length() * LETTER) + 2 * PADDING;
    }

    /** Kept and not exceeded together; what is broken first. */
    private static String said(Map<Kind, Long> counts) {
        List<String> parts = new ArrayList<>();
        long broken = counts.getOrDefault(Kind.BROKEN, 0L);
        if (broken > 0) {
            parts.add(broken + " broken");
        }
        parts.add(kept(counts) + " kept");
        parts.add(counts.getOrDefault(Kind.NOT_SHOWN, 0L) + " not shown");
        return String.join(" · ", parts);
    }

    private static long kept(Map<Kind, Long> counts) {
        return counts.getOrDefault(Kind.KEPT, 0L) + counts.getOrDefault(Kind.NOT_EXCEEDED, 0L);
    }

    /** Green only where nothing is broken and everything is shown. */
    private static String colour(Map<Kind, Long> counts) {
        if (counts.getOrDefault(Kind.BROKEN, 0L) > 0) {
            return BROKEN;
        }
        return counts.getOrDefault(Kind.NOT_SHOWN, 0L) == 0 ? KEPT : OPEN;
    }
}
