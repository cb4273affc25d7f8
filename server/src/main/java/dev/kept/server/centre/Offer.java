package dev.kept.server.centre;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.rights.request.AskCheck;
import dev.kept.core.rights.request.Kind;
import java.util.List;

/** What can be asked under a notice: what its chapter 8 grants, as far as there is something to ask it of. */
record Offer(Notice notice) {

    static final List<Kind> DATA =
            List.of(Kind.ACCESS, Kind.RECTIFICATION, Kind.ERASURE, Kind.PORTABILITY, Kind.RESTRICTION);

    static final List<Kind> STOP = List.of(Kind.WITHDRAWAL, Kind.MARKETING_OBJECTION, Kind.OBJECTION);

    static final List<Kind> OTHER =
            List.of(Kind.QUESTION, Kind.HUMAN_REVIEW, Kind.TESTIMONIAL_CHANGE, Kind.TESTIMONIAL_REMOVAL);

    boolean has(Kind kind) {
        return switch (kind) {
            case QUESTION -> true;
            case TESTIMONIAL_CHANGE ->
                notice.collects().keySet().stream().anyMatch(id -> id.startsWith(AskCheck.TESTIMONIAL));
            case TESTIMONIAL_REMOVAL -> !AskCheck.uses(notice, kind).isEmpty();
            case WITHDRAWAL, OBJECTION, MARKETING_OBJECTION ->
                granted(kind) && !AskCheck.uses(notice, kind).isEmpty();
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
        return implied(kind).isEmpty() ? AskCheck.uses(notice, kind) : List.of();
    }

    /** What it is about without a choice. */
    List<String> implied(Kind kind) {
        return AskCheck.implied(notice, kind);
    }
}
