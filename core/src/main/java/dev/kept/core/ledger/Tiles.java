package dev.kept.core.ledger;

/** Where a log's tiles are read. */
@FunctionalInterface
public interface Tiles {

    /**
     * The hashes of a tile: as many as its width says, or more, since a partial tile is the beginning of the fuller one.
     *
     * @throws MalformedLog where it is missing or too short
     */
    byte[] read(LogFile.Tile tile);
}
