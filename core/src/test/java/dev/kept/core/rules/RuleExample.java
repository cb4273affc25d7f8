package dev.kept.core.rules;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Store;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.model.Database;
import dev.kept.core.model.Model;
import dev.kept.core.notice.Notice;
import java.util.List;

/**
 * One example of a rule: rows before, what is known, T, and the rows a sweep must leave.
 *
 * @param name the file and the example, in words
 * @param scope the persons the run is limited to; empty: everybody
 * @param expectedAfter every row that stays; cleared values may be {@link dev.kept.core.model.Forgotten}
 */
public record RuleExample(
        String name,
        Notice notice,
        Store store,
        Catalogue catalogue,
        Database before,
        Facts facts,
        AsOf asOf,
        List<Model.Persons> scope,
        Database expectedAfter) {

    public RuleExample {
        scope = List.copyOf(scope);
    }

    public Model.Question question() {
        return new Model.Question(notice, store, catalogue, before, asOf, facts);
    }

    @Override
    public String toString() {
        return name;
    }
}
