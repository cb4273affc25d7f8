package dev.kept.server.centre;

import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.rights.request.Kind;
import java.util.List;
import java.util.Set;

/** What can be asked under a notice: what its chapter 8 grants, as far as there is something to ask it of. */
record Offer(Notice notice) {

    private static final Set<LegalBasis> WEIGHED = Set.of(LegalBasis.LEGITIMATE_INTERESTS, LegalBasis.PUBLIC_TASK);

    /** What the notice calls the words that people let the company show. */
    private static final String TESTIMONIAL = "testimonial";

    static final List<Kind> DATA =
            List.of(Kind.ACCESS, Kind.RECTIFICATION, Kind.ERASURE, Kind.PORTABILITY, Kind.RESTRICTION);

    static final List<Kind> STOP = List.of(Kind.WITHDRAWAL, Kind.MARKETING_OBJECTION, Kind.OBJECTION);

    static final List<Kind> OTHER =
            List.of(Kind.QUESTION, Kind.HUMAN_REVIEW, Kind.TESTIMONIAL_CHANGE, Kind.TESTIMONIAL_REMOVAL);

    boolean has(Kind kind) {
        return switch (kind) {
            case QUESTION -> true;
            case TESTIMONIAL_CHANGE, TESTIMONIAL_REMOVAL ->
                notice.collects().keySet().stream().anyMatch(id -> id.startsWith(TESTIMONIAL));
            case WITHDRAWAL -> granted(kind) && !consents().isEmpty();
            case OBJECTION -> granted(kind) && !interests().isEmpty();
            case MARKETING_OBJECTION -> granted(kind) && !marketing().isEmpty();
            case ACCESS, RECTIFICATION, ERASURE, PORTABILITY, RESTRICTION, HUMAN_REVIEW -> granted(kind);
        };
    }

    private boolean granted(Kind kind) {
        return notice.rights().granted().contains(kind.right());
    }

    List<Kind> of(List<Kind> kinds) {
        return kinds.stream().filter(this::has).toList();
    }

    /** What a request of this kind chooses from; empty where it chooses nothing. */
    List<Use> uses(Kind kind) {
        return switch (kind) {
            case WITHDRAWAL -> consents();
            case OBJECTION -> interests();
            case ACCESS,
                    RECTIFICATION,
                    ERASURE,
                    PORTABILITY,
                    RESTRICTION,
                    MARKETING_OBJECTION,
                    HUMAN_REVIEW,
                    QUESTION,
                    TESTIMONIAL_CHANGE,
                    TESTIMONIAL_REMOVAL -> List.of();
        };
    }

    List<Use> consents() {
        return uses().filter(use -> use.basis() == LegalBasis.CONSENT).toList();
    }

    List<Use> marketing() {
        return uses().filter(Use::directMarketing).toList();
    }

    /** Direct marketing is not weighed: it is stopped as such. */
    List<Use> interests() {
        return uses().filter(use -> WEIGHED.contains(use.basis()) && !use.directMarketing())
                .toList();
    }

    private java.util.stream.Stream<Use> uses() {
        return notice.uses().values().stream().filter(Use::concernsPersons);
    }
}
