package dev.kept.core.letter;

/**
 * A letter as it is sent: nothing in it is looked up or replaced any more.
 *
 * @param language BCP 47
 * @param subject one line
 * @param text plain, lines end in {@code \n}
 * @param html a whole document without scripts, images and addresses of others
 */
public record LetterText(String language, String subject, String text, String html) {

    /** The longest subject, in characters: mail programs cut more. */
    public static final int MOST_SUBJECT_CHARACTERS = 200;

    public LetterText {
        if (subject.isBlank() || subject.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a subject is one line");
        }
    }

    /** Letters speak of persons. */
    @Override
    public String toString() {
        return "a letter";
    }
}
