package dev.kept.core.rights.request;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * How it was established who asks (GDPR Art. 12(2) and (6)). A value of this is the only way to an edge that reads or changes data.
 *
 * @param at when
 * @param checkedBy the commitment of who checked it, and what was seen, in the private log; empty where the machine did
 */
public record Identity(Way way, Instant at, Optional<String> checkedBy) {

    /** What counts as proof: a closed list of proportionate ways. Copies of identity documents are in none of them. */
    public enum Way {
        /** A one-time link, sent to an address on file and opened where it was asked. */
        LINK(false),
        /** A code, sent to an address on file and entered where it was asked. */
        CODE(false),
        /** Handed over by the company's own site, where she is signed in. */
        SIGNED_IN(false),
        /** Called back at a number on file. */
        CALLED_BACK(true),
        /** A code in a letter to a postal address on file. */
        LETTER(true),
        /** She knew what only she and the company know. */
        KNOWLEDGE(true),
        /** Known in person to who checked. */
        IN_PERSON(true),
        /** A document was looked at; nothing of it was copied or kept. */
        DOCUMENT_SEEN(true),
        /** An agent showed a mandate, and she herself confirmed it. */
        MANDATE(true);

        private final boolean staff;

        Way(boolean staff) {
            this.staff = staff;
        }

        /** Whether staff enter it, with what was checked. */
        public boolean byStaff() {
            return staff;
        }

        public String word() {
            return Kind.Words.of(this);
        }

        public static Optional<Way> parse(String word) {
            return Arrays.stream(values())
                    .filter(way -> way.word().equals(word))
                    .findFirst();
        }
    }

    public Identity {
        if (way.byStaff() && checkedBy.isEmpty()) {
            throw new IllegalArgumentException("who checked an identity by `" + way.word() + "` is on record");
        }
    }
}
