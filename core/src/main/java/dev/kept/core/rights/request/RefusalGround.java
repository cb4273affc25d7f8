package dev.kept.core.rights.request;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** On which ground a request may be refused: a closed list (articles of the GDPR), each for the kinds it can be said of. */
public enum RefusalGround {
    /** Who asks could not be established (Art. 11(2), 12(2)). */
    IDENTITY_NOT_ESTABLISHED("Art. 11(2), 12(2)", EnumSet.complementOf(EnumSet.of(Kind.QUESTION)), false),
    /** Manifestly unfounded or excessive; the burden of proof is the controller's (Art. 12(5)(b)). */
    UNFOUNDED_OR_EXCESSIVE("Art. 12(5)(b)", EnumSet.allOf(Kind.class), false),
    /** A law demands that the data is kept (Art. 17(3)(b)). */
    LEGAL_OBLIGATION("Art. 17(3)(b)", EnumSet.of(Kind.ERASURE), true),
    /** Freedom of expression and information (Art. 17(3)(a)). */
    FREEDOM_OF_EXPRESSION("Art. 17(3)(a)", EnumSet.of(Kind.ERASURE, Kind.TESTIMONIAL_REMOVAL), true),
    /** Public interest in public health (Art. 17(3)(c)). */
    PUBLIC_HEALTH("Art. 17(3)(c)", EnumSet.of(Kind.ERASURE), true),
    /** Archiving in the public interest, research, statistics (Art. 17(3)(d)). */
    ARCHIVING_OR_RESEARCH("Art. 17(3)(d)", EnumSet.of(Kind.ERASURE), true),
    /** Needed for legal claims (Art. 17(3)(e), 18(2), 21(1)). */
    LEGAL_CLAIMS("Art. 17(3)(e), 18(2), 21(1)", EnumSet.of(Kind.ERASURE, Kind.RESTRICTION, Kind.OBJECTION), true),
    /** It would reveal what is others' (Art. 15(4), 20(4)). */
    RIGHTS_OF_OTHERS("Art. 15(4), 20(4)", EnumSet.of(Kind.ACCESS, Kind.PORTABILITY), true),
    /** Compelling legitimate grounds override hers; never said of direct marketing (Art. 21(1)). */
    COMPELLING_GROUNDS("Art. 21(1)", EnumSet.of(Kind.OBJECTION), true),
    /** The data is right as it is (Art. 16). */
    ACCURATE("Art. 16", EnumSet.of(Kind.RECTIFICATION, Kind.TESTIMONIAL_CHANGE), true),
    /** None of the cases in which restriction can be asked for (Art. 18(1)). */
    NO_CASE_OF_RESTRICTION("Art. 18(1)", EnumSet.of(Kind.RESTRICTION), true),
    /** Nothing is held on consent or contract (Art. 20(1)). */
    NOTHING_PORTABLE("Art. 20(1)", EnumSet.of(Kind.PORTABILITY), true),
    /** No machine alone decided (Art. 22(1)). */
    NO_AUTOMATED_DECISION("Art. 22(1)", EnumSet.of(Kind.HUMAN_REVIEW), true);

    private final String article;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy
    private final Set<Kind> kinds;

    private final boolean weighsData;

    RefusalGround(String article, Set<Kind> kinds, boolean weighsData) {
        this.article = article;
        this.kinds = Set.copyOf(kinds);
        this.weighsData = weighsData;
    }

    public String article() {
        return article;
    }

    public boolean fits(Kind kind) {
        return kinds.contains(kind);
    }

    /** Whether it says something of the person's data, so that only who is proven to be her may be told. */
    public boolean saysOfData() {
        return weighsData;
    }

    /** What a request of a kind can be refused on. */
    public static List<RefusalGround> of(Kind kind) {
        return Arrays.stream(values()).filter(ground -> ground.fits(kind)).toList();
    }

    public String word() {
        return Kind.Words.of(this);
    }

    public static Optional<RefusalGround> parse(String word) {
        return Arrays.stream(values())
                .filter(ground -> ground.word().equals(word))
                .findFirst();
    }
}
