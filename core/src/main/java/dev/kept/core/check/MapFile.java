package dev.kept.core.check;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Store;
import dev.kept.core.source.Places;
import java.util.Optional;

/**
 * A map as read, beside its catalogue file.
 *
 * @param store what the map says; not to be worked with, since it may have errors
 * @param places of the map's elements
 * @param catalogue the committed catalogue file; empty where there is none that can be read
 * @param cataloguePlaces of the catalogue file's elements
 */
public record MapFile(Store store, Places places, Optional<Catalogue> catalogue, Places cataloguePlaces) {}
