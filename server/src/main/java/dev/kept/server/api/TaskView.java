package dev.kept.server.api;

import dev.kept.server.task.Tasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What takes longer than a call may, as callers are told how it stands. */
final class TaskView {

    static final String UNDER_WAY = "under-way";
    static final String BROKEN_OFF = "broken-off";

    private TaskView() {}

    /** @param done the word for one that has come to its end */
    static Map<String, Object> of(Tasks.Standing task, Instant now, String done) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("state", task.underWay(now) ? UNDER_WAY : task.result().isPresent() ? done : BROKEN_OFF);
        view.put("asked", task.asked().toString());
        task.ended().ifPresent(at -> view.put("ended", at.toString()));
        task.problem().ifPresent(problem -> view.put("problem", problem));
        return view;
    }

    /** A list of what stands under names, each with its name. */
    static List<Map<String, Object>> named(String name, @Nullable Object map) {
        List<Map<String, Object>> list = new ArrayList<>();
        if (map instanceof Map<?, ?> all) {
            all.forEach((key, values) -> {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put(name, String.valueOf(key));
                if (values instanceof Map<?, ?> fields) {
                    fields.forEach((field, value) -> one.put(String.valueOf(field), value));
                }
                list.add(one);
            });
        }
        return list;
    }

    static List<?> several(@Nullable Object list) {
        return list instanceof List<?> all ? all : List.of();
    }
}
