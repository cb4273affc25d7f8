package dev.kept.server.answer;

import java.io.IOException;

/** An answer is larger than Kept keeps: it has to be handed over another way. */
public final class TooLarge extends IOException {
    TooLarge(long limit) {
        super("an answer has at most " + limit + " bytes");
    }
}
