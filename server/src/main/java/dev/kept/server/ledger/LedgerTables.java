package dev.kept.server.ledger;

import dev.kept.core.ledger.Hash;
import dev.kept.core.ledger.LogFile;
import dev.kept.core.ledger.MalformedLog;
import dev.kept.core.ledger.TileAppender;
import dev.kept.core.ledger.Tiles;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The ledger's tables in Kept's own database. */
final class LedgerTables {

    /** Tiles read at once: those that follow are asked for next. */
    private static final int AHEAD = 64;

    private LedgerTables() {}

    /**
     * A checkpoint as it is stored.
     *
     * @param size as the row says, not the note
     */
    record StoredCheckpoint(long size, String note) {}

    /** How many entries there are. */
    static long size(Handle handle) {
        return handle.createQuery("select size from kept.ledger_head")
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /** How many entries the tiles hold. */
    static long tiled(Handle handle) {
        return handle.createQuery(
                        "select index, length(hashes) as bytes from kept.ledger_tile where level = 0 order by index desc limit 1")
                .map((row, context) -> row.getLong("index") * LogFile.FULL + row.getInt("bytes") / Hash.BYTES)
                .findOne()
                .orElse(0L);
    }

    static Optional<StoredCheckpoint> latest(Handle handle) {
        return handle.createQuery("select size, note from kept.ledger_checkpoint order by size desc limit 1")
                .map((row, context) -> new StoredCheckpoint(row.getLong("size"), row.getString("note")))
                .findOne();
    }

    static List<StoredCheckpoint> checkpoints(Handle handle) {
        return handle.createQuery("select size, note from kept.ledger_checkpoint order by size")
                .map((row, context) -> new StoredCheckpoint(row.getLong("size"), row.getString("note")))
                .list();
    }

    static void write(Handle handle, StoredCheckpoint checkpoint, Instant at) {
        handle.createUpdate("insert into kept.ledger_checkpoint (size, at, note) values (:size, :at, :note)"
                        + " on conflict (size) do update set at = excluded.at, note = excluded.note")
                .bind("size", checkpoint.size())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .bind("note", checkpoint.note())
                .execute();
    }

    static void write(Handle handle, List<TileAppender.Written> tiles) {
        if (tiles.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(
                "insert into kept.ledger_tile (level, index, hashes)"
                        + " values (:level, :index, :hashes) on conflict (level, index) do update set hashes = excluded.hashes");
        tiles.forEach(tile -> batch.bind("level", tile.tile().level())
                .bind("index", tile.tile().index())
                .bind("hashes", tile.hashes())
                .add());
        batch.execute();
    }

    /** Tiles of a transaction. */
    static Tiles tiles(Handle handle) {
        return tile -> read(handle, tile, 1).getOrDefault(tile.index(), new byte[0]);
    }

    /** Tiles one after the other, some read ahead. */
    static Tiles ahead(Jdbi jdbi) {
        Map<Integer, Map<Long, byte[]>> ahead = new HashMap<>();
        return tile -> {
            Map<Long, byte[]> level = ahead.getOrDefault(tile.level(), Map.of());
            if (!level.containsKey(tile.index())) {
                level = jdbi.withHandle(handle -> read(handle, tile, AHEAD));
                ahead.put(tile.level(), level);
            }
            return Optional.ofNullable(level.get(tile.index()))
                    .orElseThrow(() -> new MalformedLog("`" + tile.path() + "` is missing"));
        };
    }

    private static Map<Long, byte[]> read(Handle handle, LogFile.Tile first, int many) {
        return handle
                .createQuery("select index, hashes from kept.ledger_tile"
                        + " where level = :level and index >= :index and index < :index + :many")
                .bind("level", first.level())
                .bind("index", first.index())
                .bind("many", many)
                .map((row, context) -> Map.entry(row.getLong("index"), row.getBytes("hashes")))
                .stream()
                .collect(HashMap::new, (map, tile) -> map.put(tile.getKey(), tile.getValue()), HashMap::putAll);
    }
}
