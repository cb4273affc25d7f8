package dev.kept.server.answer;

import java.io.IOException;

/** An answer cannot be read on: it has expired meanwhile, or was changed. What was read of it before is as it was written. */
public final class NotReadable extends IOException {
    NotReadable(String why) {
        super(why);
    }
}
