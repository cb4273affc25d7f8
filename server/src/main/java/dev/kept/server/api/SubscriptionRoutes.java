package dev.kept.server.api;

import dev.kept.server.configuration.Topic;
import dev.kept.server.inform.Deliveries;
import dev.kept.server.inform.Deliveries.Delivery;
import dev.kept.server.inform.Deliveries.Endpoint;
import dev.kept.server.signin.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The company's own endpoints, and what became of messages to them. */
final class SubscriptionRoutes {

    private final Bureau bureau;

    SubscriptionRoutes(Bureau bureau) {
        this.bureau = bureau;
    }

    List<Route> all() {
        return List.of(Route.get(
                "/subscriptions",
                Action.SEE_SETTINGS,
                "subscriptions",
                "Endpoints that are told of events, with their last messages.",
                Answers.SUBSCRIPTIONS,
                this::list));
    }

    private Answer list(Asked asked) {
        return Answer.ok(Map.of(
                "subscriptions",
                new Deliveries(bureau.state(), bureau.home().settings().subscriptions())
                        .all().stream().map(SubscriptionRoutes::view).toList()));
    }

    private static Map<String, Object> view(Endpoint endpoint) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", endpoint.name());
        view.put("to", endpoint.address());
        view.put("events", endpoint.topics().stream().map(Topic::word).toList());
        view.put("waiting", endpoint.waiting());
        view.put("last", endpoint.last().stream().map(SubscriptionRoutes::view).toList());
        return view;
    }

    private static Map<String, Object> view(Delivery delivery) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", delivery.id());
        view.put("type", delivery.type());
        view.put("written", delivery.at().toString());
        view.put("state", delivery.state());
        view.put("tries", delivery.tries());
        delivery.outcome().ifPresent(outcome -> view.put("outcome", outcome));
        return view;
    }
}
