package dev.kept.core.datamap;

import dev.kept.core.source.Problems;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.YamlReader;

/**
 * Reads and writes {@code stores/<store>.catalogue.yaml}: stable and made to be compared. Tables and constraints are sorted by
 * name, columns stand as the database orders them, and what is usual (nullable, no domain) is left out.
 */
public final class CatalogueFile {

    private CatalogueFile() {}

    public static Reading<Catalogue> read(SourceText source) {
        Problems problems = new Problems(source.name());
        return problems.reading(YamlReader.read(source, problems).flatMap(CatalogueReader::catalogue));
    }

    /** The same catalogue gives the same text, in whatever order its tables came. */
    public static String write(Catalogue catalogue) {
        return CatalogueWriter.write(catalogue);
    }
}
