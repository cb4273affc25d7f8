package dev.kept.server.demo;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What other rows need to know of an order. */
record Order(long id, Instant placed, @Nullable Instant delivered, Assortment.Product product) {}
