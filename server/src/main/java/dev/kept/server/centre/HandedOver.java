package dev.kept.server.centre;

import dev.kept.core.rights.request.Ask;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a token says that is good.
 *
 * @param by what she is known by in the stores: finders, or a kind of person with its key
 * @param ask what she asks; empty where she proves who she is for something she asked already
 * @param number of that; empty for the last that this browser asked
 * @param language BCP 47
 * @param id a hash of the token's own name, under which it is used up
 * @param ends after which it is good no more by itself
 */
@SuppressWarnings("ArrayRecordComponent") // handed on and never compared
record HandedOver(
        Map<String, String> by,
        Optional<Ask> ask,
        Optional<String> number,
        Optional<String> language,
        byte[] id,
        Instant ends) {

    HandedOver {
        by = Collections.unmodifiableMap(new LinkedHashMap<>(by));
    }

    @Override
    public String toString() {
        return "a person handed over";
    }
}
