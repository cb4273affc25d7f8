package dev.kept.stores.postgres.run;

import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Reach;
import java.util.List;

/** Splits a reach by its keys: what the parts reach together is what the whole reaches. */
final class KeyChunks {

    private KeyChunks() {}

    static int count(Reach reach, int size) {
        return switch (reach) {
            case Reach.Everything everything -> 1;
            case Reach.AnyOf anyOf ->
                anyOf.of().stream().mapToInt(of -> count(of, size)).max().orElse(0);
            case Reach.Keys keys -> (keys.keys().keys().size() + size - 1) / size;
            case Reach.Into into -> count(into.of(), size);
            case Reach.From from -> count(from.of(), size);
            case Reach.Below below -> count(below.of(), size);
        };
    }

    static Reach chunk(Reach reach, int chunk, int size) {
        return switch (reach) {
            case Reach.Everything everything -> everything;
            case Reach.AnyOf anyOf ->
                new Reach.AnyOf(
                        anyOf.of().stream().map(of -> chunk(of, chunk, size)).toList());
            case Reach.Keys keys -> new Reach.Keys(keys.columns(), keys.match(), chunk(keys.keys(), chunk, size));
            case Reach.Into into -> new Reach.Into(into.link(), chunk(into.of(), chunk, size));
            case Reach.From from -> new Reach.From(from.link(), chunk(from.of(), chunk, size));
            case Reach.Below below -> new Reach.Below(below.parent(), chunk(below.of(), chunk, size));
        };
    }

    private static KeySet chunk(KeySet keys, int chunk, int size) {
        List<List<String>> all = keys.keys();
        int from = Math.min(all.size(), chunk * size);
        int to = Math.min(all.size(), from + size);
        return new KeySet(keys.name(), all.subList(from, to));
    }
}
