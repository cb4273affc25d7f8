package dev.kept.server.request;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.Value;
import dev.kept.server.state.StateChange;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How letters go out: written in the same transaction as what they tell of, sent after. */
@FunctionalInterface
public interface Post {

    /**
     * A letter to one address; nothing where it is none that letters go to.
     *
     * @param language of the reader (BCP 47)
     * @param values what stands in the letter's own places
     */
    List<StateChange> letter(UUID request, String address, LetterKind kind, String language, Map<String, Value> values);
}
