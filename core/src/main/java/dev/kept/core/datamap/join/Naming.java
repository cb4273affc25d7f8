package dev.kept.core.datamap.join;

import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.TableName;
import dev.kept.core.datamap.join.JoinCandidate.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Judges by names alone where a column might lead. */
final class Naming {

    /** Last words that only say that a column refers to something. */
    private static final Set<String> REFERRING = words("""
            id fk no nr key uuid guid ref number num oid pk code
            """);

    /** Names that stand in many tables and mean something else in each. */
    private static final Set<String> COMMON = words("""
            id uuid guid pk key code name title slug status type value number no entityid valueid rowid token
            label url path position description externalid
            """);

    /** Words that alone, without a referring last one, mean an amount or a place in a list. */
    private static final Set<String> AMOUNTS = words("""
            order rank level count size state type year month day age score total point credit quantity version
            visit view group class grade period rating page post line number amount price balance position
            priority weight index stock height length
            """);

    /** Ways to a row of a table whose name this one's begins with. */
    private static final Set<String> PARENTS = Set.of("parent", "entity");

    /** Ways to another row of the same table. */
    private static final Set<String> TREES = words("""
            parent replyto inreplyto repliedto answerto ancestor manager supervisor reportsto referrer
            referredby inviter invitedby
            """);

    private static final Set<String> ROLES = words("""
            author owner creator createdby updater updatedby modifiedby deletedby approver approvedby assignee
            assignedto sender sentby recipient receiver buyer seller reviewer reporter poster postedby uploader
            uploadedby inviter invitedby invitee referrer referredby manager supervisor follower followee
            customer client member user person contact subscriber patient student guest visitor account payer
            rep representative agent
            """);

    private final TableWords tables;
    private final Set<TableName> people;

    Naming(TableWords tables, Set<TableName> people) {
        this.tables = tables;
        this.people = people;
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    NameFit fit(CatalogueTable from, String column, CatalogueTable to, String target, Family family) {
        boolean key = to.primaryKey().equals(List.of(target));
        List<NameFit> fits = new ArrayList<>();
        for (List<String> words : withoutOwnName(from, column)) {
            fits.add(
                    !key && family == Family.TEXT
                            ? ofText(words, to, target)
                            : ofKey(words, from, column, to, target, family));
        }
        return fits.stream().min(NameFit::compareTo).orElse(NameFit.NONE);
    }

    /** {@code post_author} in {@code posts} is the author, too. */
    private List<List<String>> withoutOwnName(CatalogueTable from, String column) {
        List<String> words = Words.of(column);
        String own = Words.noun(tables.of(from.name()));
        return words.size() > 1 && words.getFirst().equals(own)
                ? List.of(words, words.subList(1, words.size()))
                : List.of(words);
    }

    private NameFit ofText(List<String> words, CatalogueTable to, String target) {
        List<String> there = Words.of(target);
        String name = String.join("", words);
        String wanted = String.join("", there);
        String noun = Words.noun(tables.of(to.name()));
        if (name.equals(noun + wanted)) {
            return NameFit.TABLE;
        }
        if (!COMMON.contains(name) && (name.equals(wanted) || wanted.equals(noun + name))) {
            return NameFit.SAME;
        }
        boolean ends = words.size() > there.size()
                && words.subList(words.size() - there.size(), words.size()).equals(there);
        return ends && !COMMON.contains(wanted) ? NameFit.QUALIFIED : NameFit.NONE;
    }

    private NameFit ofKey(
            List<String> words, CatalogueTable from, String column, CatalogueTable to, String target, Family family) {
        boolean refers = words.size() > 1 && REFERRING.contains(words.getLast());
        List<String> stem = refers ? words.subList(0, words.size() - 1) : folded(words);
        boolean suffixed = refers || !stem.equals(words);
        String noun = Words.noun(stem);
        if (stem.isEmpty() || (!suffixed && family == Family.INTEGER && amount(words))) {
            return NameFit.NONE;
        }
        if (own(noun, from, column)) {
            return NameFit.NONE;
        }
        if (from.name().equals(to.name())) {
            return TREES.contains(noun) ? NameFit.PARENT : NameFit.NONE;
        }
        NameFit named = named(stem, noun, tables.of(to.name()), suffixed || family != Family.INTEGER);
        if (named != NameFit.NONE) {
            return named;
        }
        if (suffixed && above(to, from) && endsAlike(stem, tables.of(to.name()))) {
            return NameFit.QUALIFIED;
        }
        String whole = String.join("", words);
        if (column.equals(target) && !COMMON.contains(whole)) {
            return NameFit.SAME;
        }
        if (PARENTS.contains(noun) && above(from, to)) {
            return NameFit.PARENT;
        }
        boolean role = people(to, noun) || people(to, Words.singular(stem.getLast()));
        return role && !polymorphic(from, stem) ? NameFit.ROLE : NameFit.NONE;
    }

    /** Whether a column is called after its own table: {@code item_id}, the key of {@code quote_items}. */
    private boolean own(String noun, CatalogueTable from, String column) {
        List<String> table = tables.of(from.name());
        int last = from.primaryKey().equals(List.of(column)) ? table.size() : 1;
        return IntStream.range(0, last)
                .mapToObj(i -> Words.noun(table.subList(i, table.size())))
                .anyMatch(noun::equals);
    }

    private static boolean amount(List<String> words) {
        return Words.plural(words.getLast()) || (words.size() == 1 && AMOUNTS.contains(words.getFirst()));
    }

    /** {@code customerid}, where the database folded what was written {@code customerId}. */
    private static List<String> folded(List<String> words) {
        String last = words.isEmpty() ? "" : words.getLast();
        if (last.length() <= 4 || !last.endsWith("id")) {
            return words;
        }
        List<String> stem = new ArrayList<>(words.subList(0, words.size() - 1));
        stem.add(last.substring(0, last.length() - 2));
        return stem;
    }

    private static NameFit named(List<String> stem, String noun, List<String> table, boolean qualified) {
        String full = Words.noun(table);
        if (noun.equals(full)) {
            return NameFit.TABLE;
        }
        for (int i = 1; i < table.size(); i++) {
            if (noun.equals(Words.noun(table.subList(i, table.size())))) {
                return NameFit.LAST_WORD;
            }
        }
        if (!qualified) {
            return NameFit.NONE;
        }
        for (int i = 1; i < stem.size(); i++) {
            if (Words.noun(stem.subList(i, stem.size())).equals(full)) {
                return NameFit.QUALIFIED;
            }
        }
        return Words.alike(noun, full) ? NameFit.QUALIFIED : NameFit.NONE;
    }

    /** {@code billing_address_id} for {@code order_addresses}. */
    private static boolean endsAlike(List<String> stem, List<String> table) {
        return Words.singular(stem.getLast()).equals(Words.singular(table.getLast()));
    }

    private boolean people(CatalogueTable to, String noun) {
        return people.contains(to.name()) && ROLES.contains(noun);
    }

    /** Whether the name of {@code to} is the beginning of that of {@code from}: orders above order notes. */
    private boolean above(CatalogueTable from, CatalogueTable to) {
        List<String> here = tables.of(from.name());
        List<String> there = tables.of(to.name());
        List<String> last = List.of(Words.singular(there.getLast()));
        return here.size() > there.size()
                && here.subList(0, there.size() - 1).equals(there.subList(0, there.size() - 1))
                && List.of(Words.singular(here.get(there.size() - 1))).equals(last);
    }

    /** {@code owner_id} beside {@code owner_type}: it leads to rows of several tables. */
    private static boolean polymorphic(CatalogueTable from, List<String> stem) {
        return from.columns().keySet().stream()
                .map(Words::of)
                .anyMatch(words -> words.size() == stem.size() + 1
                        && words.subList(0, stem.size()).equals(stem)
                        && Set.of("type", "class", "model", "table", "kind").contains(words.getLast()));
    }
}
