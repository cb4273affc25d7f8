package dev.kept.server.configuration;

import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import dev.kept.core.source.Spelling;
import dev.kept.server.configuration.RecipientSettings.Way.ByHook;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Section {@code subscriptions:} of {@code kept.yaml}: the company's own endpoints, and what each is told of.
 *
 * <pre>{@code
 * subscriptions:
 *   pager:
 *     webhook: https://hooks.larkfield.example/kept
 *     secrets: ["${PAGER_HOOK}"]
 *     allow: [10.20.0.0/16]                       # as with recipients
 *     events: [request.overdue, promise.broken]   # all where nothing is said
 * }</pre>
 */
public record SubscriptionSettings(Map<String, Subscription> subscriptions) {

    public static final SubscriptionSettings NONE = new SubscriptionSettings(Map.of());

    private static final int MOST = 50;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public SubscriptionSettings {
        subscriptions = Collections.unmodifiableMap(new LinkedHashMap<>(subscriptions));
    }

    /** An endpoint and what it is told of. */
    public record Subscription(ByHook to, Set<Topic> topics) {
        public Subscription {
            topics = Collections.unmodifiableSet(EnumSet.copyOf(topics));
        }

        /** Scheme and host alone: the rest of an address may be a secret. */
        public String shown() {
            return to.address().getScheme() + "://" + to.address().getHost();
        }
    }

    static SubscriptionSettings read(Element section) {
        Map<String, Subscription> all = new LinkedHashMap<>();
        section.entries().forEach((name, element) -> {
            if (!NAME.matcher(name).matches()) {
                element.error("bad-name", "a subscription is named in small letters, digits and `-`", "write pager");
            } else if (all.size() == MOST) {
                element.error("many-subscriptions", "more than " + MOST + " subscriptions", "take some out");
            } else {
                subscription(element).ifPresent(subscription -> all.put(name, subscription));
            }
        });
        return new SubscriptionSettings(all);
    }

    private static Optional<Subscription> subscription(Element element) {
        Fields fields = element.fields("webhook", "secrets", "allow", "events");
        fields.required("webhook", "write webhook: https://host/path");
        List<Topic> topics = fields.get("events")
                .map(events -> events.listOf(SubscriptionSettings::topic))
                .orElseGet(() -> Arrays.asList(Topic.values()));
        if (topics.isEmpty()) {
            element.error(
                    "no-events", "`" + element.dotted() + "` is told of nothing", "name events, or leave them out");
            return Optional.empty();
        }
        return RecipientSettings.byHook(fields).map(to -> new Subscription(to, EnumSet.copyOf(topics)));
    }

    private static Optional<Topic> topic(Element element) {
        Optional<String> word = element.text();
        Optional<Topic> topic = word.flatMap(Topic::of);
        if (word.isPresent() && topic.isEmpty()) {
            element.error(
                    "bad-event",
                    "`" + word.get() + "` is no event",
                    Spelling.suggest(
                            word.get(),
                            Arrays.stream(Topic.values()).map(Topic::word).toList()));
        }
        return topic;
    }
}
