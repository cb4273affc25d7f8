package dev.kept.server.inform;

import dev.kept.core.rights.request.Kind;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What was carried out, for those who received the data.
 *
 * @param number how the request is called
 * @param done erasure, rectification or restriction; an objection that was upheld is told as the erasure it was
 * @param data categories of the notice that it concerned
 * @param uses for which they were held; empty for all
 * @param person what she is known by, by category: {@code email: anna@…}. A recipient gets those that it received
 */
public record Carried(
        UUID request,
        String number,
        Kind done,
        LocalDate day,
        Set<String> data,
        Set<String> uses,
        Map<String, String> person) {

    public Carried {
        if (done != Kind.ERASURE && done != Kind.RECTIFICATION && done != Kind.RESTRICTION) {
            throw new IllegalArgumentException("recipients are told of an erasure, a rectification or a restriction");
        }
        data = Set.copyOf(data);
        uses = Set.copyOf(uses);
        person = Collections.unmodifiableMap(new LinkedHashMap<>(person));
    }

    /** It speaks of a person. */
    @Override
    public String toString() {
        return "what was carried out";
    }
}
