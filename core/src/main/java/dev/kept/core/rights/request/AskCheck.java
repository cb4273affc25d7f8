package dev.kept.core.rights.request;

import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.List;

/** Whether a notice has what is asked about: a consent to take back, a use to object to. */
public final class AskCheck {

    /** How notices call the words of people that a company shows: what their categories' ids begin with. */
    public static final String TESTIMONIAL = "testimonial";

    private AskCheck() {}

    /** The uses of a notice that a request of a kind can name. */
    public static List<Use> uses(Notice notice, Kind kind) {
        return notice.uses().values().stream()
                .filter(Use::concernsPersons)
                .filter(use -> fits(use, kind))
                .toList();
    }

    /**
     * The uses that a request of a kind is about without naming them: all direct marketing (Art. 21(3)), or the one use that shows testimonials. Empty where
     * there is something to choose.
     */
    public static List<String> implied(Notice notice, Kind kind) {
        List<String> uses = uses(notice, kind).stream().map(Use::id).toList();
        return switch (kind) {
            case MARKETING_OBJECTION -> uses.stream().limit(Ask.MOST_USES).toList();
            case TESTIMONIAL_REMOVAL -> uses.size() == 1 ? uses : List.of();
            case ACCESS,
                    RECTIFICATION,
                    ERASURE,
                    PORTABILITY,
                    RESTRICTION,
                    OBJECTION,
                    WITHDRAWAL,
                    HUMAN_REVIEW,
                    QUESTION,
                    TESTIMONIAL_CHANGE -> List.of();
        };
    }

    private static boolean fits(Use use, Kind kind) {
        return switch (kind) {
            case WITHDRAWAL -> use.basis() == LegalBasis.CONSENT;
            case TESTIMONIAL_REMOVAL ->
                use.basis() == LegalBasis.CONSENT && use.data().stream().anyMatch(id -> id.startsWith(TESTIMONIAL));
            case MARKETING_OBJECTION -> use.directMarketing();
            case OBJECTION ->
                (use.basis() == LegalBasis.LEGITIMATE_INTERESTS || use.basis() == LegalBasis.PUBLIC_TASK)
                        && !use.directMarketing();
            case ACCESS, RECTIFICATION, ERASURE, PORTABILITY, RESTRICTION, HUMAN_REVIEW, QUESTION, TESTIMONIAL_CHANGE ->
                false;
        };
    }

    /** The uses asked about that the notice does not have, or of which that cannot be asked; by position, since what was typed is not repeated. */
    public static List<Integer> misfits(Notice notice, Ask ask) {
        List<String> fitting = uses(notice, ask.kind()).stream().map(Use::id).toList();
        List<Integer> misfits = new ArrayList<>();
        for (int i = 0; i < ask.uses().size(); i++) {
            if (!fitting.contains(ask.uses().get(i))) {
                misfits.add(i);
            }
        }
        return misfits;
    }
}
