package dev.kept.core.rights;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Link;
import dev.kept.core.rights.CorrectionPlan.Refusal;
import java.util.List;
import java.util.Optional;

/** Which columns a person's word can change: those that say something of her, and neither whose nor how old a row is. */
final class Correctable {

    private final BoundStore store;
    private final List<Link> links;

    Correctable(BoundStore store, List<Link> links) {
        this.store = store;
        this.links = links;
    }

    /** Why a column that the map declares cannot be corrected. */
    Optional<Refusal> refusal(BoundTable table, BoundColumn column) {
        String name = column.map().name();
        String shown = "`" + table.name() + "." + name + "`";
        if (column.map().notPersonal()) {
            return refused(
                    "not-personal",
                    shown + " holds nothing of a person, as the map says",
                    "change it in the application, or mend the map");
        }
        if (secret(column)) {
            return refused(
                    "secret",
                    shown + " holds a secret, which nobody but its owner sets",
                    "have the person set it anew in the application");
        }
        return written(table, name, shown);
    }

    private boolean secret(BoundColumn column) {
        return column.map().categories().stream()
                .flatMap(id -> Optional.ofNullable(store.notice().collects().get(id)).stream())
                .anyMatch(category -> category.secret());
    }

    /** Why a column cannot be written, whatever it holds. */
    private Optional<Refusal> written(BoundTable table, String name, String shown) {
        CatalogueColumn live = table.catalogue().column(name);
        if (live.generated() || live.identity()) {
            return refused("generated", "the database itself makes " + shown, "correct the columns it is made of");
        }
        if (table.deciding().contains(name)) {
            return refused(
                    "deciding",
                    shown + " decides when data is forgotten, by an event, a fact or a `while`",
                    "change it in the application, where it has its meaning");
        }
        Optional<Link> link = links.stream()
                .filter(one -> one.from().equals(table.name()) && one.columns().contains(name))
                .findFirst();
        if (link.isPresent()) {
            return refused(
                    "link",
                    shown + " says to what the row belongs or refers, in `"
                            + link.get().to() + "`",
                    "correct what it refers to: it follows; or change it in the application");
        }
        return Optional.empty();
    }

    /** Why a column that the map does not declare cannot be corrected. */
    Refusal undeclared(BoundTable table, CatalogueColumn column) {
        String shown = "`" + table.name() + "." + column.name() + "`";
        Optional<Refusal> written = written(table, column.name(), shown);
        if (written.isPresent()) {
            return written.get();
        }
        if (table.catalogue().primaryKey().contains(column.name())) {
            return new Refusal(
                    "key",
                    shown + " is a key without personal content, as the map says",
                    "name the column that holds the person's data");
        }
        return new Refusal(
                "undeclared",
                "the map does not say what " + shown + " holds",
                "name a path inside it that the map declares, or declare what it holds");
    }

    private static Optional<Refusal> refused(String code, String message, String attempt) {
        return Optional.of(new Refusal(code, message, attempt));
    }
}
