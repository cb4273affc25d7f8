package dev.kept.server.demo;

import java.util.List;
import java.util.Locale;

/** What people write and how they type, and the addresses they come from (of the ranges kept for documentation). */
final class Texts {

    private static final List<String> NETWORKS = List.of("192.0.2.", "198.51.100.", "203.0.113.");

    private Texts() {}

    static String fill(Dice dice, Person person, String phrase, String thing) {
        if (phrase.indexOf('{') < 0) {
            return phrase;
        }
        Culture culture = person.culture();
        return phrase.replace("{name}", person.name().given())
                .replace("{other}", dice.of(culture.given()).name())
                .replace("{city}", dice.of(culture.cities()).name())
                .replace("{thing}", thing);
    }

    static String post(Dice dice, Person person, String thing) {
        return fill(dice, person, dice.of(person.culture().phrases().posts()), thing);
    }

    static String ticket(Dice dice, Person person, String thing) {
        return fill(dice, person, dice.of(person.culture().phrases().tickets()), thing);
    }

    /** An e-mail as it comes out of a form that takes what it gets, capitals and all. */
    static String typed(Dice dice, String email) {
        return switch (dice.below(12)) {
            case 0 -> email.toUpperCase(Locale.ROOT);
            case 1 -> Character.toUpperCase(email.charAt(0)) + email.substring(1);
            default -> email;
        };
    }

    /** A number after a prefix, with at least so many digits. */
    static String numbered(String prefix, long number, int digits) {
        String written = Long.toString(number);
        return prefix + "0".repeat(Math.max(0, digits - written.length())) + written;
    }

    static String address(Dice dice) {
        return dice.chance(0.7)
                ? dice.of(NETWORKS) + (1 + dice.below(254))
                : "2001:db8:" + Integer.toHexString(dice.below(0xffff)) + "::"
                        + Integer.toHexString(1 + dice.below(0xfffe));
    }
}
