package dev.kept.server.own;

import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which requests are a person's: those in which she was found in the stores by the keys that she is found by now. */
public final class OwnRequests {

    private static final String KIND = "requester";

    /** The most that are handed out to one person. */
    private static final int MOST = 1_000;

    private OwnRequests() {}

    /**
     * Her keys, and with them those of her requests.
     *
     * @param keys hers, by store and kind of person
     */
    public static Map<String, Map<String, List<List<String>>>> with(
            State state, Map<String, Map<String, List<List<String>>>> keys) {
        List<List<String>> requests = of(state, keys);
        if (requests.isEmpty()) {
            return keys;
        }
        Map<String, Map<String, List<List<String>>>> all = new LinkedHashMap<>(keys);
        all.put(OwnStore.NAME, Map.of(KIND, requests));
        return all;
    }

    private static List<List<String>> of(State state, Map<String, Map<String, List<List<String>>>> keys) {
        List<Map<String, Object>> sought = new ArrayList<>();
        keys.forEach((store, kinds) -> kinds.forEach(
                (kind, each) -> each.forEach(key -> sought.add(Map.of("store", store, "kind", kind, "key", key)))));
        return state.database()
                .withHandle(handle -> handle
                        .createQuery("select distinct p.request::text"
                                + " from jsonb_array_elements(cast(:keys as jsonb) -> 'keys') as k (one)"
                                + " join kept.request_person p on p.store = k.one ->> 'store' and p.person_kind = k.one ->> 'kind'"
                                + " and to_jsonb(p.person_key) = k.one -> 'key'"
                                + " join kept.request r on r.id = p.request and r.proven order by 1 limit :most")
                        .bind("keys", CanonicalJson.write(Map.of("keys", sought)))
                        .bind("most", MOST)
                        .mapTo(String.class)
                        .list()
                        .stream()
                        .map(List::of)
                        .toList());
    }
}
