package dev.kept.core.letter;

import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.RefusalGround;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;

/** What stands in a place of a letter. Whoever wrote it, it is made harmless here: no line ends where there is one line, no control characters. */
public sealed interface Value {

    /** The longest {@link Words}, in characters. */
    int MOST_WORDS_CHARACTERS = 300;

    /** The longest {@link Text}, in characters. */
    int MOST_TEXT_CHARACTERS = 4_000;

    /** The longest {@link Link}, in characters. */
    int MOST_LINK_CHARACTERS = 500;

    Shape shape();

    record Words(String words) implements Value {
        public Words {
            words = Plain.line(words);
            atMost(words, MOST_WORDS_CHARACTERS, "words of one line");
        }

        @Override
        public Shape shape() {
            return Shape.WORDS;
        }
    }

    record Text(String text) implements Value {
        public Text {
            text = Plain.lines(text);
            atMost(text, MOST_TEXT_CHARACTERS, "a text");
        }

        @Override
        public Shape shape() {
            return Shape.TEXT;
        }
    }

    /** @param key of a word that every language has */
    record Term(String key) implements Value {

        /** Where to complain, and that one can go to court (GDPR Art. 12(4)). */
        public static final Term COMPLAINT = new Term("complaint");

        /** What was asked for. */
        public static Term asked(Kind kind) {
            return new Term("asked." + kind.word());
        }

        /** On which ground it was refused. */
        public static Term ground(RefusalGround ground) {
            return new Term("ground." + ground.word());
        }

        /** What was done, for those who received the data (Art. 19): erasure, rectification or restriction. */
        public static Term done(Kind kind) {
            return new Term("done." + kind.word());
        }

        @Override
        public Shape shape() {
            return Shape.TERM;
        }
    }

    /** An absolute address; whether it is our own is seen when the letter is written. */
    record Link(URI address) implements Value {
        public Link {
            atMost(address.toString(), MOST_LINK_CHARACTERS, "an address");
        }

        @Override
        public Shape shape() {
            return Shape.LINK;
        }
    }

    record Day(LocalDate day) implements Value {
        @Override
        public Shape shape() {
            return Shape.DAY;
        }
    }

    record Moment(ZonedDateTime moment) implements Value {
        @Override
        public Shape shape() {
            return Shape.MOMENT;
        }
    }

    /** @param code digits and capital letters, in groups parted by {@code -} or blanks */
    record Code(String code) implements Value {
        private static final Pattern WRITTEN = Pattern.compile("[0-9A-Z]+([- ][0-9A-Z]+){0,7}");

        public Code {
            if (code.length() > 40 || !WRITTEN.matcher(code).matches()) {
                throw new IllegalArgumentException("a code is of digits and capital letters");
            }
        }

        @Override
        public Shape shape() {
            return Shape.CODE;
        }

        /** Codes are secrets. */
        @Override
        public String toString() {
            return "a code";
        }
    }

    record Count(long count) implements Value {
        @Override
        public Shape shape() {
            return Shape.COUNT;
        }
    }

    private static void atMost(String text, int characters, String what) {
        if (text.length() > characters) {
            throw new IllegalArgumentException(what + " in a letter has at most " + characters + " characters");
        }
    }
}
