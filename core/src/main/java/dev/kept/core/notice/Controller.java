package dev.kept.core.notice;

import java.time.ZoneId;

/** Who decides (GDPR Art. 4(7)); calendar arithmetic of every period happens in {@code zone}. */
public record Controller(String name, String email, String post, ZoneId zone) {}
