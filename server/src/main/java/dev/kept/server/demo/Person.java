package dev.kept.server.demo;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who deals with the shop: a customer, or a stranger without account.
 *
 * @param id the customer's number; for a stranger, the number of the customer it came along with
 * @param household the first customer of the household the person lives in; 0 for those who live alone
 */
record Person(long id, boolean stranger, Culture culture, Name name, Stay stay, Choices choices, long household) {

    /** @param handle the user name */
    record Name(String given, String full, String handle, String email) {}

    /** @param left when the account was closed; null for those who have one */
    record Stay(
            Instant joined, Instant lastActive, @Nullable Instant left) {}

    /** What the person has agreed or objected to. */
    record Choices(Choice messaging, Choice ads, @Nullable Instant feedbackObjected) {}

    /** A consent: when it was last given and last withdrawn, if ever. */
    record Choice(@Nullable Instant in, @Nullable Instant out) {

        boolean given() {
            return in != null && (out == null || out.isBefore(in));
        }
    }

    /** Where somebody lives. */
    record Home(String street, Culture.City city, String country) {

        String block(String addressee) {
            return addressee + "\n" + street + "\n" + city.postcode() + " " + city.name() + "\n" + country;
        }
    }

    boolean livesAlone() {
        return household == 0;
    }

    /** Whose address the person lives at. */
    long head() {
        return livesAlone() ? id : household;
    }
}
