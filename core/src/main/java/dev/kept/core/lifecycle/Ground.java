package dev.kept.core.lifecycle;

import dev.kept.core.notice.OnRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * On which ground data stays after an erasure: a closed list (GDPR Art. 17(3), and what the law leaves besides). After a sweep of one person,
 * whose other uses nobody has ended, {@link #ANOTHER_USE} stands for them.
 */
public enum Ground {
    /** A law requires or permits it: the request does not touch the use. */
    LEGAL_OBLIGATION,
    /** A contract is still being performed: one of the use's {@code while} conditions holds. */
    CONTRACT_OPEN,
    /** A person has to decide. */
    AWAITS_REVIEW,
    /** It is another person's, too. */
    RIGHTS_OF_OTHERS,
    /** A husk: key, links and dates of a row that something which stays refers to. */
    NEEDED_BY_WHAT_STAYS,
    /** The last row that dates what stays, reduced to its date. */
    DATES_WHAT_STAYS,
    /** A legal hold, or a restriction of the person's data (Art. 18): stored, not swept. */
    FROZEN,
    /** Another use of it goes on: one use was ended, not all. No erasure answers so. */
    ANOTHER_USE,
    /** It is not known whether it has ended: the answer is incomplete. */
    NOT_KNOWN_ENDED;

    /** Those that an erasure can be answered with. */
    public static final List<Ground> OF_ERASURES =
            Arrays.stream(values()).filter(ground -> ground != ANOTHER_USE).toList();

    /** Why a use that a request did not end is still alive. */
    public static Ground of(OnRequest onRequest) {
        return switch (onRequest) {
            case NEVER -> LEGAL_OBLIGATION;
            case AT_ITS_END -> CONTRACT_OPEN;
            case REVIEW -> AWAITS_REVIEW;
            case ENDS -> RIGHTS_OF_OTHERS;
        };
    }

    public static Optional<Ground> parse(String word) {
        for (Ground ground : values()) {
            if (ground.word().equals(word)) {
                return Optional.of(ground);
            }
        }
        return Optional.empty();
    }

    /** As answers and cases write it: {@code legal-obligation}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
