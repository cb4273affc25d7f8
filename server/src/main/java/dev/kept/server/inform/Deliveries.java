package dev.kept.server.inform;

import dev.kept.server.configuration.SubscriptionSettings;
import dev.kept.server.configuration.Topic;
import dev.kept.server.state.State;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** What became of messages to the company's own endpoints. */
public final class Deliveries {

    /** The newest of an endpoint's messages that are shown. */
    public static final int MOST_SHOWN = 10;

    private final State state;
    private final SubscriptionSettings settings;

    public Deliveries(State state, SubscriptionSettings settings) {
        this.state = state;
        this.settings = settings;
    }

    /**
     * An endpoint.
     *
     * @param address scheme and host alone
     * @param waiting messages that are not taken yet
     * @param last the newest first
     */
    public record Endpoint(String name, String address, List<Topic> topics, long waiting, List<Delivery> last) {
        public Endpoint {
            topics = List.copyOf(topics);
            last = List.copyOf(last);
        }
    }

    /**
     * A message.
     *
     * @param state waiting, sending, taken, given-up
     * @param outcome of the last try
     */
    public record Delivery(String id, String type, Instant at, String state, int tries, Optional<String> outcome) {}

    /** In the order of the settings. */
    public List<Endpoint> all() {
        return settings.subscriptions().entrySet().stream()
                .map(entry -> new Endpoint(
                        entry.getKey(),
                        entry.getValue().shown(),
                        List.copyOf(entry.getValue().topics()),
                        waiting(entry.getKey()),
                        last(entry.getKey())))
                .toList();
    }

    private long waiting(String name) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from kept.hook where subscription and recipient = :name"
                                        + " and state in ('waiting', 'sending')")
                        .bind("name", name)
                        .mapTo(Long.class)
                        .one());
    }

    private List<Delivery> last(String name) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select id, type, made_at, state, tries, (select outcome from kept.hook_attempt"
                                        + " where hook = hook.id order by number desc limit 1) as outcome from kept.hook hook where subscription"
                                        + " and recipient = :name order by made_at desc, id limit :most")
                        .bind("name", name)
                        .bind("most", MOST_SHOWN)
                        .map((row, context) -> new Delivery(
                                row.getString("id"),
                                row.getString("type"),
                                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                                row.getString("state"),
                                row.getInt("tries"),
                                Optional.ofNullable(row.getString("outcome"))))
                        .list());
    }
}
