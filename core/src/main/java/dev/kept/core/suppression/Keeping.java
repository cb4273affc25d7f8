package dev.kept.core.suppression;

import dev.kept.core.notice.Span;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How long hashes of an erased person's identifiers are kept: as long as a backup from before the erasure may still be restored, and no longer
 * (GDPR Art. 5(1)(e)).
 */
public final class Keeping {

    /** How long backups are taken to be kept where the map says nothing of them. */
    public static final Period BACKUPS_BY_DEFAULT = Period.ofDays(90);

    /** A backup may be restored on its last day, and that it was is then said, or noticed, within this time. */
    public static final Period MARGIN = Period.ofDays(30);

    private Keeping() {}

    /**
     * When the hashes end.
     *
     * @param erasedAt T of the erasure
     * @param zone the controller's, in which periods are counted
     * @param backups how long the store's backups are kept, by its map
     */
    public static Instant endOf(Instant erasedAt, ZoneId zone, Optional<Span> backups) {
        return erasedAt.atZone(zone)
                .plus(backups.map(Span::period).orElse(BACKUPS_BY_DEFAULT))
                .plus(MARGIN)
                .toInstant();
    }
}
