package dev.kept.core.doctor;

import dev.kept.core.datamap.TableName;
import dev.kept.core.doctor.ServerFacts.Copies;
import dev.kept.core.doctor.ServerFacts.Replica;
import dev.kept.core.doctor.ServerFacts.TableState;
import dev.kept.core.live.NeededGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a server that holds a store's tables keeps copies of them, refuses changes to them, or does not find people in them. */
public final class StoreFindings {

    private static final long MEBIBYTE = 1024 * 1024;

    private final ServerFacts facts;
    private final List<Finding> findings = new ArrayList<>();

    private StoreFindings(ServerFacts facts) {
        this.facts = facts;
    }

    /**
     * @param personal the tables with persons' data, and their partitions
     * @param backups whether the map says for how long backups are kept
     */
    public static List<Finding> of(ServerFacts facts, Set<TableName> personal, boolean backups) {
        StoreFindings store = new StoreFindings(facts);
        store.names();
        store.tables(personal);
        store.slots();
        store.replicas();
        store.publications();
        store.archive(backups);
        return store.findings;
    }

    private void names() {
        if (!facts.server().foldsCase()) {
            findings.add(Finding.risk(
                            "case-not-folded",
                            "lc_ctype",
                            "the database's locale knows no letters beyond ASCII: `lower('Ä')` is `Ä`",
                            "a finder with `match: casefold-trim` does not find a person whose name is written with other capitals")
                    .advising("move it to a database with a locale of UTF-8, or LOCALE_PROVIDER icu"));
        }
    }

    private void tables(Set<TableName> personal) {
        for (TableState table : facts.tables()) {
            if (!personal.contains(table.name())) {
                continue;
            }
            String name = NeededGrant.quoted(table.name().schema()) + "."
                    + NeededGrant.quoted(table.name().name());
            if (table.unidentified()) {
                findings.add(Finding.problem(
                        "no-replica-identity",
                        table.name().toString(),
                        "`" + table.name() + "` is published, and nothing identifies its rows to subscribers",
                        "PostgreSQL refuses every UPDATE and DELETE there",
                        "ALTER TABLE " + name + " REPLICA IDENTITY FULL"));
            }
            if (table.vacuumOff()) {
                findings.add(Finding.risk(
                        "vacuum-off",
                        table.name().toString(),
                        "autovacuum is off for `" + table.name() + "`",
                        "what was deleted stays in the table's files, and sweeps grow slower",
                        "ALTER TABLE " + name + " RESET (autovacuum_enabled)"));
            }
        }
        if (facts.is("autovacuum", "off")) {
            findings.add(Finding.risk(
                    "vacuum-off",
                    "autovacuum",
                    "autovacuum is off",
                    "what was deleted stays in the tables' files, and sweeps grow slower",
                    "ALTER SYSTEM SET autovacuum = on",
                    "SELECT pg_reload_conf()"));
        }
    }

    private void slots() {
        facts.copies().slots().forEach(slot -> {
            String held = slot.keptBytes().isPresent()
                    ? ", and holds back " + slot.keptBytes().getAsLong() / MEBIBYTE + " MiB of the write-ahead log"
                    : "";
            if (slot.active()) {
                findings.add(
                        Finding.note(
                                "replication-slot",
                                slot.name(),
                                "somebody reads from the " + slot.type() + " replication slot `" + slot.name() + "`"
                                        + held,
                                "who reads there has a copy: what is forgotten here is gone there when it has read on, if it takes over deletes at all"));
            } else {
                findings.add(Finding.risk(
                                "replication-slot",
                                slot.name(),
                                "nobody reads from the " + slot.type() + " replication slot `" + slot.name() + "`"
                                        + held,
                                "the log keeps what was forgotten since, until the slot is read or dropped or the disk is full",
                                "SELECT pg_drop_replication_slot('" + slot.name() + "')")
                        .advising("if nobody needs it any more"));
            }
        });
    }

    private void replicas() {
        List<Replica> replicas = facts.copies().replicas();
        if (!replicas.isEmpty()) {
            boolean seen = replicas.stream().allMatch(replica -> replica.state().isPresent());
            List<String> names = replicas.stream()
                    .flatMap(replica -> replica.name().stream())
                    .sorted()
                    .toList();
            Finding finding = Finding.note(
                    "replicas",
                    "",
                    (replicas.size() == 1 ? "1 replica streams" : replicas.size() + " replicas stream") + " from here"
                            + (names.isEmpty() ? "" : ": `" + String.join("`, `", names) + "`"),
                    "what is forgotten here is gone there once it has replayed that; Kept does not look there",
                    seen
                            ? new String[0]
                            : new String[] {
                                "GRANT pg_read_all_stats TO "
                                        + NeededGrant.quoted(facts.role().name())
                            });
            findings.add(seen ? finding : finding.advising("this role may not see which, and how far they are"));
        }
    }

    private void publications() {
        Copies copies = facts.copies();
        copies.publications().forEach(publication -> {
            String name = "`" + publication.name() + "`";
            if (publication.mute().isEmpty()) {
                findings.add(Finding.note(
                        "publication",
                        publication.name(),
                        "the publication " + name + " passes rows on to subscribers",
                        "each subscriber's database is a store of its own: map it, too"));
            } else {
                findings.add(Finding.risk(
                                "publication",
                                publication.name(),
                                "the publication " + name + " does not pass on "
                                        + String.join(" and ", publication.mute())
                                                .toUpperCase(Locale.ROOT),
                                "subscribers keep what is forgotten here",
                                "ALTER PUBLICATION " + NeededGrant.quoted(publication.name())
                                        + " SET (publish = '"
                                        + Stream.concat(publication.passes().stream(), publication.mute().stream())
                                                .collect(Collectors.joining(", "))
                                        + "')")
                        .advising("and map each subscriber's database as a store of its own"));
            }
        });
        copies.subscriptions()
                .forEach(subscription -> findings.add(Finding.risk(
                                "subscription",
                                subscription,
                                "the subscription `" + subscription + "` writes rows of another database here",
                                "what is forgotten here comes back when the other database changes it, or copies the table anew")
                        .advising("map the other database as a store, and forget there")));
    }

    private void archive(boolean backups) {
        if (facts.is("archive_mode", "on", "always") && !backups) {
            findings.add(Finding.note(
                            "archive",
                            "archive_mode",
                            "the write-ahead log is archived, and the map says nothing of backups",
                            "backups and archived log hold what was forgotten until they are gone")
                    .advising("say `backups: {kept-for: 35 days}` in the map"));
        }
    }
}
