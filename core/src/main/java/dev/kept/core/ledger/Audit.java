package dev.kept.core.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Recomputes a log from its entries and compares it with its tiles and with every tree head that is known. Takes the entries in order, holds one tile a
 * level, and names what does not fit: of an entry, its hash and the hash above both, the one that stands alone was changed.
 */
public final class Audit {

    private final long size;
    private final Consumer<Flaw> flaws;
    private final List<Head> heads;
    private final TileSettlement settlement;

    /** What is believed of each level's last tile: hashes side by side. */
    private final List<byte[]> edge = new ArrayList<>();

    /** Over the roots of full level 0 tiles. */
    private final CompactRange complete = new CompactRange();

    private final boolean[] unknown = new boolean[LogFile.FULL];
    private int nextHead;
    private long agreed;
    private long entries;

    /**
     * An audit of a log.
     *
     * @param size of the tree that the tiles are to be those of
     * @param heads tree heads whose signatures are good; those of this size and larger ones among them
     */
    public Audit(long size, Tiles tiles, List<Head> heads, Consumer<Flaw> flaws) {
        this.size = size;
        this.flaws = flaws;
        this.settlement = new TileSettlement(new StoredTiles(size, tiles, flaws), flaws);
        this.heads = heads.stream().sorted(Comparator.comparingLong(Head::size)).toList();
        for (int level = 0; level < LogFile.LEVELS; level++) {
            edge.add(new byte[LogFile.FULL * Hash.BYTES]);
        }
        compareHeads(0);
    }

    /** The next entry. */
    public void entry(byte[] entry) {
        add(Hash.leaf(entry), false);
    }

    /** The next entry cannot be had, which the caller has named. */
    public void unknown() {
        add(Hash.EMPTY, true);
    }

    private void add(Hash leaf, boolean isUnknown) {
        int position = (int) (entries % LogFile.FULL);
        leaf.copyTo(edge.getFirst(), position);
        unknown[position] = isUnknown;
        entries++;
        if (position + 1 == LogFile.FULL) {
            full();
        }
        if (entries == size) {
            settleEdge();
        }
    }

    /** A level 0 tile is full, and with it perhaps tiles above. */
    private void full() {
        long index = (entries - 1) / LogFile.FULL;
        Hash root = settle(new LogFile.Tile(0, index, LogFile.FULL));
        compareHeads(LogFile.FULL - 1);
        complete.append(root);
        compareHeads(0);
        for (int level = 1; level < LogFile.LEVELS; level++) {
            int position = (int) (index % LogFile.FULL);
            root.copyTo(edge.get(level), position);
            index /= LogFile.FULL;
            if (position + 1 < LogFile.FULL) {
                return;
            }
            root = settle(new LogFile.Tile(level, index, LogFile.FULL));
        }
    }

    private Hash settle(LogFile.Tile tile) {
        byte[] computed = edge.get(tile.level());
        boolean published = LogFile.width(size, tile.level(), tile.index()) == LogFile.FULL;
        return published ? settlement.full(tile, computed, unknown) : TileSubtrees.root(computed, 0, LogFile.FULL);
    }

    /** All of the tree that the tiles are of has been seen: what lies at its right edge has no hash above it but the root. */
    private void settleEdge() {
        Optional<Hash> root = heads.stream()
                .filter(head -> head.size() == size)
                .map(Head::root)
                .findFirst();
        settlement.edge(size, edge, unknown, root);
        compareHeads((int) (size % LogFile.FULL));
    }

    /** Compares the heads that end within the first {@code width} leaves of the tile at hand. */
    private void compareHeads(int width) {
        long before = complete.size() * LogFile.FULL;
        CompactRange tail = new CompactRange();
        while (nextHead < heads.size() && heads.get(nextHead).size() <= before + width) {
            Head head = heads.get(nextHead++);
            while (before + tail.size() < head.size()) {
                tail.append(Hash.in(edge.getFirst(), (int) tail.size()));
            }
            if (complete.rootWith(tail).equals(head.root())) {
                agreed = head.size();
            } else {
                flaws.accept(new Flaw.HistoryChanged(head.which(), head.size(), agreed));
            }
        }
    }

    /** No entry comes any more. */
    public void end() {
        int width = (int) (entries % LogFile.FULL);
        if (entries < size) {
            settlement.edge(entries, edge, unknown, Optional.empty());
        }
        compareHeads(width);
        for (Head head : heads.subList(nextHead, heads.size())) {
            flaws.accept(new Flaw.Truncated(head.which(), head.size(), entries));
        }
        if (entries < size && heads.stream().noneMatch(head -> head.size() == size)) {
            flaws.accept(new Flaw.Truncated("the log", size, entries));
        }
    }

    public long entries() {
        return entries;
    }
}
