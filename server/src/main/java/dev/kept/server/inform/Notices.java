package dev.kept.server.inform;

import dev.kept.core.proof.Verdict;
import dev.kept.server.configuration.Topic;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.Journal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What an entry of the ledger says to whoever subscribed: ids, kinds, words, roles and days, each by name; whatever else an entry has stays there. */
final class Notices {

    private static final List<String> OF_REQUESTS =
            List.of("request", "kind", "uses", "stage", "due", "channel", "ground", "reason", "months");

    private Notices() {}

    /** One thing that happened. */
    record Notice(Topic topic, Map<String, Object> data) {}

    /** Empty where nobody can subscribe to it. Of proofs see {@link #rules}. */
    static Optional<Notice> of(Journal.Entry entry) {
        Map<String, Object> said = CanonicalJson.read(entry.json());
        return switch (entry.kind()) {
            case "request" -> request(said).map(topic -> new Notice(topic, data(said, OF_REQUESTS)));
            case "recipients" ->
                "task".equals(said.get("event"))
                        ? Optional.of(new Notice(
                                Topic.RECIPIENT_TASK,
                                with("about", entry, data(said, List.of("recipient", "done", "by")))))
                        : Optional.empty();
            case "sweep-waits" ->
                Optional.of(new Notice(Topic.SWEEP_WAITING, with("run", entry, data(said, List.of("store")))));
            case "sweep" ->
                first(said)
                        ? Optional.of(new Notice(
                                Topic.SWEEP_ENDED, with("run", entry, data(said, List.of("store", "outcome")))))
                        : Optional.empty();
            case "store-restored" -> Optional.of(new Notice(Topic.STORE_ISOLATED, data(said, List.of("store"))));
            case "store-clean" -> Optional.of(new Notice(Topic.STORE_CLEAN, data(said, List.of("store"))));
            case "hold-opened" ->
                Optional.of(new Notice(Topic.HOLD_OPENED, data(said, List.of("hold", "store", "table", "review"))));
            case "hold-lifted" -> Optional.of(new Notice(Topic.HOLD_LIFTED, data(said, List.of("hold"))));
            case "contact" ->
                "came-back".equals(said.get("event")) || "unanswered".equals(said.get("event"))
                        ? Optional.of(new Notice(Topic.CONTACT_SILENT, data(said, List.of("rule", "event"))))
                        : Optional.empty();
            default ->
                Optional.empty(); // entries of kinds that come later are nobody's to be told of, until they are named
            // here
        };
    }

    private static Optional<Topic> request(Map<String, Object> said) {
        return switch (String.valueOf(said.get("event"))) {
            case "receive" -> Optional.of(Topic.REQUEST_RECEIVED);
            case "prove" -> Optional.of(Topic.REQUEST_PROVEN);
            case "answer", "answer-in-part" -> Optional.of(Topic.REQUEST_ANSWERED);
            case "refuse" -> Optional.of(Topic.REQUEST_REFUSED);
            case "withdraw" -> Optional.of(Topic.REQUEST_WITHDRAWN);
            case "expire" -> Optional.of(Topic.REQUEST_EXPIRED);
            case "extend" -> Optional.of(Topic.REQUEST_EXTENDED);
            case "fail" -> Optional.of(Topic.REQUEST_FAILED);
            case "overdue" -> Optional.of(Topic.REQUEST_OVERDUE);
            default -> Optional.empty();
        };
    }

    /** Words, numbers and lists of words by these names, and the role of who acted. */
    private static Map<String, Object> data(Map<String, Object> said, List<String> names) {
        Map<String, Object> data = new LinkedHashMap<>();
        for (String name : names) {
            Object value = said.get(name);
            if (value instanceof String || value instanceof Number) {
                data.put(name, value);
            } else if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
                data.put(name, list);
            }
        }
        if (said.get("actor") instanceof Map<?, ?> actor && actor.get("role") instanceof String role) {
            data.put("role", role);
        }
        return data;
    }

    private static Map<String, Object> with(String name, Journal.Entry entry, Map<String, Object> data) {
        entry.run().ifPresent(run -> data.put(name, run.toString()));
        return data;
    }

    /** Of an entry that is said in several, the first one counts. */
    private static boolean first(Map<String, Object> said) {
        return !(said.get("part") instanceof Map<?, ?> part)
                || String.valueOf(part.get("number")).equals("1");
    }

    /** Whether an entry is the last of those that say the same thing. */
    static boolean last(Journal.Entry entry) {
        return !(CanonicalJson.read(entry.json()).get("part") instanceof Map<?, ?> part)
                || String.valueOf(part.get("number")).equals(String.valueOf(part.get("of")));
    }

    /** The rules of one verdict in a proof, from all its entries. */
    static SortedSet<String> rules(List<Journal.Entry> proof, Verdict.Kind verdict) {
        SortedSet<String> rules = new TreeSet<>();
        for (Journal.Entry entry : proof) {
            if (CanonicalJson.read(entry.json()).get("verdicts") instanceof Map<?, ?> verdicts
                    && verdicts.get(verdict.word()) instanceof List<?> paths) {
                paths.forEach(path -> rules.add(String.valueOf(path)));
            }
        }
        return rules;
    }
}
