package dev.kept.core.notice.version;

import dev.kept.core.notice.Notice;
import java.time.LocalDate;

/**
 * A frozen version with its rules.
 *
 * @param hash SHA-256 of {@code version.json} as it lies there, in hexadecimal: it covers every file of the version and the version before
 */
public record Published(Version version, String hash, Notice notice) {

    /** A day, or, where this version takes effect later, the day on which it does: the next one cannot before. */
    public LocalDate notBefore(LocalDate day) {
        return day.isBefore(version.effective()) ? version.effective() : day;
    }
}
