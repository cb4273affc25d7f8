package dev.kept.core.proof.sample;

import java.util.List;
import java.util.Locale;

/**
 * Kinds of data that show in a value itself.
 *
 * <p>The terms are those of the Data Privacy Vocabulary (pd:) under which a category may hold such values.
 */
public enum Likeness {
    /** An address as RFC 5321 has it, written plainly. */
    EMAIL(
            "an e-mail address",
            "e-mail addresses",
            true,
            "pd:EmailAddress",
            "pd:Contact pd:EmailAddressPersonal pd:EmailAddressWork pd:Username pd:UID"),
    /** An international bank account number whose check digits are right (ISO 13616). */
    IBAN("an IBAN", "IBANs", true, "pd:BankAccount", "pd:FinancialAccount pd:Financial pd:AccountIdentifier"),
    /** The number of a payment card with an issuer's prefix and a right check digit (ISO/IEC 7812-1). */
    CARD(
            "a payment card's number",
            "payment cards' numbers",
            true,
            "pd:PaymentCardNumber",
            "pd:PaymentCard pd:CreditCardNumber pd:Financial pd:FinancialAccount"),
    /** A telephone number in international writing, or with a leading zero and separators (ITU-T E.123). */
    PHONE("a telephone number", "telephone numbers", false, "pd:TelephoneNumber", "pd:Contact"),
    /** An address of version 4 or 6. */
    IP_ADDRESS("an IP address", "IP addresses", false, "pd:IPAddress", "pd:DeviceBased"),
    /** A latitude and a longitude of three decimals or more: a place some hundred metres wide. */
    POSITION("a position", "positions", false, "pd:GPSCoordinate", "pd:Location pd:CurrentLocation");

    private final String one;
    private final String several;
    private final boolean sure;
    private final String term;
    private final String alsoUnder;

    Likeness(String one, String several, boolean sure, String term, String alsoUnder) {
        this.one = one;
        this.several = several;
        this.sure = sure;
        this.term = term;
        this.alsoUnder = alsoUnder;
    }

    /** Whether one value is enough: chance does not write them. */
    public boolean sure() {
        return sure;
    }

    /** The term that says just this. */
    public String term() {
        return term;
    }

    /** Whether a category with this term may hold such values. */
    public boolean fits(String categoryTerm) {
        return term.equals(categoryTerm) || List.of(alsoUnder.split(" ")).contains(categoryTerm);
    }

    /** {@code 3 e-mail addresses}. */
    String counted(long count) {
        return count == 1 ? one : String.format(Locale.ROOT, "%,d %s", count, several);
    }
}
