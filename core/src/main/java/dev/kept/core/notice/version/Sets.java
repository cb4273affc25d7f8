package dev.kept.core.notice.version;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What one list has and another has not. */
final class Sets {

    private Sets() {}

    static List<String> gone(Collection<String> before, Collection<String> after) {
        return before.stream().filter(one -> !after.contains(one)).toList();
    }

    static String quoted(Collection<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
