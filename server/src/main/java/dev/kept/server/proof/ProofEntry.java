package dev.kept.server.proof;

import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Report;
import dev.kept.core.proof.StoreLook;
import dev.kept.core.proof.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the ledger learns of verdicts: rule paths, counts and places; nothing of anybody, and no sentence. */
final class ProofEntry {

    /** Places named for one broken promise; further ones are counted. */
    private static final int MOST_PLACES = 20;

    private ProofEntry() {}

    static Map<String, Object> of(Report report) {
        Map<String, Object> entry = new TreeMap<>();
        entry.put("notice", report.noticeHash());
        entry.put("asOf", report.asOf().toString());
        Map<String, List<String>> rules = new TreeMap<>();
        Map<String, Object> broken = new TreeMap<>();
        report.verdicts().all().forEach((path, verdict) -> {
            rules.computeIfAbsent(verdict.kind().word(), kind -> new ArrayList<>())
                    .add(path);
            if (verdict instanceof Verdict.Broken found) {
                broken.put(path, places(found.findings()));
            }
        });
        entry.put("verdicts", rules);
        if (!broken.isEmpty()) {
            entry.put("broken", broken);
        }
        Map<String, Object> stores = new TreeMap<>();
        report.stores().forEach(store -> stores.put(store.store(), said(store)));
        entry.put("stores", stores);
        return entry;
    }

    private static Map<String, Long> places(List<Finding> findings) {
        Map<String, Long> places = new TreeMap<>();
        findings.stream()
                .limit(MOST_PLACES)
                .forEach(finding ->
                        places.merge(finding.kind().word() + " " + finding.at(), finding.count(), Math::max));
        if (findings.size() > MOST_PLACES) {
            places.put("further places", (long) findings.size() - MOST_PLACES);
        }
        return places;
    }

    private static String said(StoreLook look) {
        return look.failure()
                .map(why -> why.reason().word())
                .orElse(look.replica() ? "looked at on a replica" : "looked at");
    }
}
