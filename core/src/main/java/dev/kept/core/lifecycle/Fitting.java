package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what fits a column when its value is forgotten, and collects where nothing does. */
final class Fitting {

    private final List<Problem> refusals = new ArrayList<>();

    Replacement fit(BoundTable table, String column, Optional<String> cleared) {
        return cleared.<Replacement>map(Replacement.Constant::new).orElse(new Replacement.Null());
    }

    List<Problem> refusals() {
        return refusals;
    }
}
