package dev.kept.core.rights;

import dev.kept.core.lifecycle.Reach;

/**
 * How rows of a table are the person's.
 *
 * @param name the role; of a shared table, the columns that point to it: {@code shop.orders.ship_address_id}
 * @param reach the rows that are hers in this way
 */
public record Way(String name, Reach reach) {}
