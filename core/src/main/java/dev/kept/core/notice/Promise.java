package dev.kept.core.notice;

/** One rule of the notice that its prose states, by the path that names it everywhere: {@code uses.newsletter}. */
public record Promise(String path, Kind kind) {

    /** What a promise is about, in the order of the notice's chapters. */
    public enum Kind {
        /** A category of data is collected. */
        CATEGORY,
        /** A category says of nobody by itself who it is. */
        UNIDENTIFYING,
        /** Data is used for a purpose. */
        USE,
        /** On which legal basis (Art. 13(1)(c)). */
        BASIS,
        /** In whose interest (Art. 13(1)(d)). */
        INTEREST,
        /** Which data it uses. */
        DATA,
        /** When it ends (Art. 13(2)(a)). */
        ENDS,
        /** Data is shared with a recipient (Art. 13(1)(e)). */
        SHARE,
        /** A processor hands data on to nobody. */
        ONWARD,
        /** A recipient keeps to this notice. */
        BOUND,
        /** A kind of sharing that never happens. */
        NEVER,
        COOKIE,
        /** No purpose needs data for longer. */
        LONGEST,
        /** A law that demands or permits keeping longer. */
        BEYOND,
        /** What happens once all purposes have ended. */
        THEN,
        SIGNAL,
        CONTACT,
        /** The time within which a request is answered (Art. 12(3)). */
        DEADLINE,
        /** The form through which requests are made. */
        FORM,
        RIGHT
    }
}
