package dev.kept.core.notice;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A recipient the data is shared with (chapter 3).
 *
 * @param uses the uses for which it is shared; for an authority or a business transfer it may be empty
 * @param country where outside the EEA the data goes, ISO 3166-1 alpha-2; empty where it stays
 * @param safeguard the ground of a transfer (GDPR Art. 46), needed with a country
 * @param through the recipient that hands the data on to this one; empty where it comes from the controller
 * @param honoursNotice whether it is bound to keep to this notice, as an affiliate is
 */
public record Share(
        String id,
        Kind kind,
        List<String> uses,
        List<String> data,
        Optional<Contract> contract,
        Optional<String> country,
        Optional<String> safeguard,
        Optional<String> through,
        boolean honoursNotice) {

    public Share(
            String id,
            Kind kind,
            List<String> uses,
            List<String> data,
            Optional<Contract> contract,
            Optional<String> country,
            Optional<String> safeguard) {
        this(id, kind, uses, data, contract, country, safeguard, Optional.empty(), false);
    }

    public Share {
        uses = List.copyOf(uses);
        data = List.copyOf(data);
    }

    /** The kinds of recipients of chapter 3. */
    public enum Kind {
        PROCESSOR,
        CONTROLLER,
        AFFILIATE,
        PARTNER,
        AUTHORITY,
        TRANSFER
    }

    /**
     * The contract with a processor (GDPR Art. 28(3)): when signed, and how long the processor keeps data after which event.
     *
     * @param onwardNever whether the processor may hand the data on to nobody
     */
    public record Contract(
            LocalDate signed, Optional<String> keepsAfter, Optional<Span> keepsFor, boolean onwardNever) {
        public Contract(LocalDate signed, Optional<String> keepsAfter, Optional<Span> keepsFor) {
            this(signed, keepsAfter, keepsFor, false);
        }
    }

    public String path() {
        return "shares." + id;
    }
}
