package dev.kept.bench;

import dev.kept.core.binding.Binder;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.datamap.Store;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A benchmark's notice and map, tied to a catalogue. */
final class Bound {

    private Bound() {}

    static BoundStore of(String map, Catalogue catalogue) {
        Reading<Notice> notice = NoticeReader.draft(new SourceText("notice.yaml", resource("notice.yaml")));
        Notice rules = value(notice);
        Reading<Store> store = MapReader.draft(
                new SourceText("stores/bench.yaml", map), rules.controller().zone());
        return value(Binder.bind(rules, value(store), catalogue, store.places()));
    }

    static <T> T value(Reading<T> reading) {
        return reading.value()
                .orElseThrow(() -> new IllegalStateException("a benchmark's file is wrong: " + reading.problems()));
    }

    static String resource(String name) {
        try (InputStream stream = Bound.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
