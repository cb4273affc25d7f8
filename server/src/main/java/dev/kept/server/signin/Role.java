package dev.kept.server.signin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a member of staff is to Kept; one person may be several. */
public enum Role {
    /** The privacy officer: decides requests, and who may what. */
    OFFICER,
    /** Keeps stores and sweeps going; does not need to know who anybody is. */
    ENGINEER,
    /** Sees that promises are kept, and never a person's data. */
    AUDITOR,
    /** Takes requests in and talks with the people who ask; decides nothing. */
    SUPPORT;

    /** As configuration, ledger and keys write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
