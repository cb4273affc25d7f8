package dev.kept.server.suppression;

import dev.kept.server.state.Doubts.Doubt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Doubts that wait, for scripts and the API: never by which key a person is found. */
public final class DoubtsDocument {

    /** The most that are listed. */
    public static final int MOST = 1_000;

    private DoubtsDocument() {}

    public static List<Map<String, Object>> of(List<Doubt> doubts) {
        return doubts.stream().map(DoubtsDocument::of).toList();
    }

    /** One of them. */
    public static Map<String, Object> of(Doubt doubt) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", doubt.id().toString());
        document.put("store", doubt.store());
        document.put("kind", doubt.kind());
        document.put("why", doubt.why());
        document.put("since", doubt.foundAt().toString());
        return document;
    }

    /** Why somebody has to decide, in words. */
    public static String why(Doubt doubt) {
        return switch (doubt.why()) {
            case "undated" -> "none of her data is dated";
            case "mixed" -> "some of her data is older than the erasure, some younger";
            case "shared" -> "known by a value that others had, too";
            default -> doubt.why();
        };
    }
}
