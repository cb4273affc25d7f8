package dev.kept.core.datamap.join;

/**
 * How a column's name speaks for the table it might lead to.
 *
 * @see JoinGuesses what has to be found beside it
 */
public enum NameFit {
    /** {@code customer_id} for {@code customers}, {@code user_email} for {@code users.email}. */
    TABLE("it is named after that table"),
    /** The same name on both sides, where it is no common one: {@code order_number}. */
    SAME("both columns have the same name"),
    /** {@code user_id} for {@code auth_user}. */
    LAST_WORD("it is named after the last word of that table"),
    /** {@code billing_address_id} for {@code addresses}. */
    QUALIFIED("its name ends with the other one's"),
    /** {@code parent_id} for rows of the same table, or of {@code orders} in {@code order_notes}. */
    PARENT("it is named like a way to the row above"),
    /** {@code author}, {@code created_by} for persons. */
    ROLE("it is named like somebody's role"),
    /** The name says nothing. */
    NONE("");

    private final String reason;

    NameFit(String reason) {
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
