package dev.kept.core.datamap.join;

import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A join that nobody declared.
 *
 * @param why what speaks for it, without any value
 * @param others what else its column could lead to, best first: {@code admins.id (97 of 100 sampled values)}
 * @param index the statement that makes an index for it; empty where one is there
 */
public record JoinGuess(
        TableName from,
        String column,
        TableName to,
        String target,
        Match match,
        String why,
        List<String> others,
        Optional<String> index) {
    public JoinGuess {
        others = List.copyOf(others);
    }

    public boolean self() {
        return from.equals(to);
    }
}
