package dev.kept.server.schedule;

import dev.kept.core.notice.Use;

/** What a use rests on, and what becomes of it on request, in few words. */
public final class UseFacts {

    private UseFacts() {}

    /** {@code contract}; {@code legal obligation, HGB 257} of what a law keeps beyond every use ({@code keeps.beyond}). */
    public static String basis(Use use) {
        String basis = use.law().isPresent() && use.duty() == Use.Duty.PERMITTED
                ? "permitted by law"
                : use.basis().word().replace('-', ' ');
        return basis + use.law().map(law -> ", " + law).orElse("");
    }

    public static String onRequest(Use use) {
        return switch (use.onRequest()) {
            case ENDS -> "ends at once";
            case AT_ITS_END -> "ends at once, unless something is open";
            case NEVER -> "stays until its end";
            case REVIEW -> "restricted until decided";
        };
    }
}
