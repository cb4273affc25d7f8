package dev.kept.core.proof;

import dev.kept.core.notice.prose.Prose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A report as one JSON document ({@code docs/schema/prove.schema.json}), for scripts and for the company's own site. Counts and places only:
 * nothing in it is anybody's data.
 */
public final class ReportDocument {

    private ReportDocument() {}

    /**
     * The document as maps, lists, text and numbers.
     *
     * @param evidence where the ledger has it; an empty map where it is in none
     */
    public static Map<String, Object> of(Report report, Map<String, Object> evidence) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", report.id().toString());
        document.put("notice", report.notice());
        document.put("noticeHash", report.noticeHash());
        document.put("asOf", report.asOf().toString());
        document.put("counts", counts(report));
        document.put(
                "stores", report.stores().stream().map(ReportDocument::store).toList());
        List<Object> promises = new ArrayList<>();
        report.verdicts().all().forEach((path, verdict) -> {
            Map<String, Object> promise = new LinkedHashMap<>();
            promise.put("path", path);
            put(promise, verdict);
            promises.add(promise);
        });
        document.put("promises", promises);
        document.put(
                "texts", report.prose().stream().map(text -> text(report, text)).toList());
        if (!evidence.isEmpty()) {
            document.put("evidence", evidence);
        }
        return document;
    }

    private static Map<String, Object> counts(Report report) {
        Map<String, Object> counts = new LinkedHashMap<>();
        report.counts().forEach((kind, count) -> counts.put(kind.word(), count));
        return counts;
    }

    private static Map<String, Object> store(StoreLook look) {
        Map<String, Object> store = new LinkedHashMap<>();
        store.put("store", look.store());
        store.put("looked", look.failure().isEmpty());
        look.snapshot().ifPresent(at -> {
            store.put("snapshot", at.toString());
            store.put("replica", look.replica());
        });
        store.put("limitSeconds", look.limit().toSeconds());
        look.failure().ifPresent(why -> store.put("failure", unclear(why)));
        return store;
    }

    private static void put(Map<String, Object> promise, Verdict verdict) {
        promise.put("verdict", verdict.kind().word());
        switch (verdict) {
            case Verdict.Kept kept -> promise.put("seen", seen(kept.seen()));
            case Verdict.NotExceeded within -> promise.put("seen", seen(within.seen()));
            case Verdict.Broken broken -> {
                promise.put(
                        "findings",
                        broken.findings().stream().map(ReportDocument::finding).toList());
                if (!broken.besides().isEmpty()) {
                    promise.put(
                            "unclear",
                            broken.besides().stream()
                                    .map(ReportDocument::unclear)
                                    .toList());
                }
            }
            case Verdict.NotShown open ->
                promise.put(
                        "unclear",
                        open.why().stream().map(ReportDocument::unclear).toList());
        }
    }

    private static List<Map<String, Object>> seen(List<Seen> seen) {
        return seen.stream()
                .map(each -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("store", each.store());
                    one.put("count", each.rows());
                    one.put("message", each.message());
                    return one;
                })
                .toList();
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("kind", finding.kind().word());
        at(one, finding.at());
        one.put("count", finding.count());
        one.put("message", finding.message());
        one.put("try", finding.attempt());
        return one;
    }

    private static Map<String, Object> unclear(Unclear unclear) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("reason", unclear.reason().word());
        unclear.at().ifPresent(spot -> at(one, spot));
        if (unclear.count() > 0) {
            one.put("count", unclear.count());
        }
        one.put("message", unclear.message());
        one.put("remedy", unclear.remedy());
        return one;
    }

    private static void at(Map<String, Object> one, Spot spot) {
        one.put("store", spot.store());
        spot.table().ifPresent(table -> one.put("table", table.toString()));
        if (!spot.columns().isEmpty()) {
            one.put("columns", spot.columns());
        }
    }

    private static Map<String, Object> text(Report report, Prose prose) {
        List<Object> sentences = new ArrayList<>();
        for (Report.Line line : report.lines(prose)) {
            Map<String, Object> sentence = new LinkedHashMap<>();
            sentence.put("number", line.number());
            sentence.put("says", line.sentence().kind().name().toLowerCase(Locale.ROOT));
            sentence.put("text", line.sentence().plain());
            sentence.put("rules", line.rules());
            line.verdict()
                    .ifPresent(verdict -> sentence.put("verdict", verdict.kind().word()));
            sentences.add(sentence);
        }
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("language", prose.language());
        text.put("sentences", sentences);
        return text;
    }
}
