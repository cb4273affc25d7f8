package dev.kept.server.inform;

import dev.kept.core.notice.Share;
import dev.kept.core.rights.request.Kind;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What was carried out, for those who received the data.
 *
 * @param request the request, or the run where somebody gave a command
 * @param number how the request is called
 * @param done erasure, rectification or restriction; an objection that was upheld is told as the erasure it was
 * @param concerned what it concerned
 * @param person what she is known by, by category: {@code email: anna@…}. A recipient gets those that it received
 */
public record Carried(
        UUID request, String number, Kind done, LocalDate day, List<Data> concerned, Map<String, String> person) {

    /**
     * Data that was held for the same uses.
     *
     * @param categories of the notice
     * @param uses for which it was held; empty for all
     */
    public record Data(Set<String> categories, Set<String> uses) {
        public Data {
            categories = Set.copyOf(categories);
            uses = Set.copyOf(uses);
        }

        /** By the notice it received some of this, for one of the uses. */
        private boolean reached(Share share) {
            boolean data = share.data().stream().anyMatch(categories::contains);
            boolean use = share.uses().isEmpty()
                    || uses.isEmpty()
                    || share.uses().stream().anyMatch(uses::contains);
            return data && use;
        }
    }

    public Carried {
        if (done != Kind.ERASURE && done != Kind.RECTIFICATION && done != Kind.RESTRICTION) {
            throw new IllegalArgumentException("recipients are told of an erasure, a rectification or a restriction");
        }
        concerned = List.copyOf(concerned);
        person = Collections.unmodifiableMap(new LinkedHashMap<>(person));
    }

    Carried concerning(List<Data> others) {
        return new Carried(request, number, done, day, others, person);
    }

    /** Categories that a recipient received of it, by the notice; none where it is none of its business. */
    SortedSet<String> receivedBy(Share share) {
        SortedSet<String> received = new TreeSet<>();
        concerned.stream().filter(data -> data.reached(share)).forEach(data -> received.addAll(data.categories()));
        received.retainAll(share.data());
        return received;
    }

    /** It speaks of a person. */
    @Override
    public String toString() {
        return "what was carried out";
    }
}
