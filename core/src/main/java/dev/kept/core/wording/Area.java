package dev.kept.core.wording;

import java.util.Locale;
import java.util.Set;

/** Where words are met. A file of words has a section for each, called as it. */
public enum Area {
    /** What a page of the notice says of itself, how ends are said, legal bases. */
    NOTICE(Set.of("patterns.either")),
    /** The privacy centre. */
    CENTRE(Set.of()),
    /** Why a request is not done. */
    TROUBLE(Set.of()),
    /** The page on which recipients confirm (GDPR Art. 19). */
    CONFIRM(Set.of()),
    /** The page on which somebody says that the notice's own address is read. */
    CONTACT(Set.of()),
    /** A letter on paper, around its text. */
    POSTED(Set.of()),
    /** The report on the notice. */
    REPORT(Set.of()),
    /** The page in a package: what is held of a person, handed out to her (GDPR Art. 15, 20). */
    PACKAGE(Set.of()),
    /** What letters speak of: what was asked for, grounds, where to complain. */
    LETTERS(Set.of());

    @SuppressWarnings("ImmutableEnumChecker") // nobody can change it: it is one of Set.of
    private final Set<String> optional;

    Area(Set<String> optional) {
        this.optional = optional;
    }

    /** As its section and the files of it are called. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Keys that a language may have beyond those of English. */
    Set<String> optional() {
        return optional;
    }
}
