package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The columns of a table that say when something happened: its own events, and when a use was agreed to or refused. */
public final class EventColumns {

    private EventColumns() {}

    /** Each once, as a moment of the row itself. */
    public static List<Moment.At> of(BoundStore store, BoundTable table) {
        EventSources sources = new EventSources(store);
        List<Moment.At> moments = new ArrayList<>();
        table.map().events().values().forEach(event -> moments.add(sources.moment(table, event)));
        for (Table.UseFacts facts : table.map().facts().values()) {
            Stream.of(facts.given(), facts.withdrawn(), facts.objected())
                    .flatMap(Optional::stream)
                    .map(column -> sources.moment(table, column, Optional.empty(), List.of()))
                    .forEach(moments::add);
        }
        return moments.stream().distinct().toList();
    }
}
