package dev.kept.core.constraint;

import dev.kept.core.constraint.Expression.Call;
import dev.kept.core.constraint.Expression.Case;
import dev.kept.core.constraint.Expression.Cast;
import dev.kept.core.constraint.Expression.Column;
import dev.kept.core.constraint.Expression.Connective;
import dev.kept.core.constraint.Expression.Distinct;
import dev.kept.core.constraint.Expression.Is;
import dev.kept.core.constraint.Expression.Items;
import dev.kept.core.constraint.Expression.Literal;
import dev.kept.core.constraint.Expression.Negation;
import dev.kept.core.constraint.Expression.Operation;
import dev.kept.core.constraint.Expression.Quality;
import dev.kept.core.constraint.Expression.Quantified;
import dev.kept.core.constraint.Expression.When;
import dev.kept.core.constraint.Tokens.Kind;
import dev.kept.core.constraint.Tokens.Token;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads expressions as {@code pg_get_expr} prints them: from the loosest binding (OR) to the tightest (casts), as the PostgreSQL manual's
 * table of operator precedence says.
 */
final class ExpressionParser {

    /** The deepest nesting read. */
    private static final int MAX_DEPTH = 200;

    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");
    private static final Set<String> KNOWN_COLLATIONS = Set.of("default", "C", "POSIX");
    private static final Set<String> NOT_COLUMNS = Set.of(
            "SELECT",
            "EXISTS",
            "ROW",
            "CURRENT_USER",
            "SESSION_USER",
            "USER",
            "CURRENT_ROLE",
            "INTERVAL",
            "AND",
            "OR",
            "NOT",
            "END",
            "WHEN",
            "THEN",
            "ELSE");

    private final Tokens tokens;
    private int depth;

    private ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    static Expression parse(String text) throws NotUnderstood {
        ExpressionParser parser = new ExpressionParser(new Tokens(text));
        Expression expression = parser.any();
        if (parser.tokens.peek().kind() != Kind.END) {
            throw new NotUnderstood("`" + parser.tokens.peek().text() + "` after the end");
        }
        return expression;
    }

    private Expression any() throws NotUnderstood {
        deeper();
        Expression first = conjunction();
        List<Expression> all = new ArrayList<>(List.of(first));
        while (tokens.takeWord("OR")) {
            all.add(conjunction());
        }
        depth--;
        return all.size() == 1 ? first : new Connective(false, all);
    }

    private void deeper() throws NotUnderstood {
        if (++depth > MAX_DEPTH) {
            throw new NotUnderstood("more than " + MAX_DEPTH + " nested expressions");
        }
    }

    private Expression conjunction() throws NotUnderstood {
        Expression first = negation();
        List<Expression> all = new ArrayList<>(List.of(first));
        while (tokens.takeWord("AND")) {
            all.add(negation());
        }
        return all.size() == 1 ? first : new Connective(true, all);
    }

    private Expression negation() throws NotUnderstood {
        if (!tokens.takeWord("NOT")) {
            return is();
        }
        deeper();
        Expression negated = new Negation(negation());
        depth--;
        return negated;
    }

    private Expression is() throws NotUnderstood {
        Expression of = comparison();
        while (true) {
            if (tokens.takeWord("ISNULL")) {
                of = new Is(of, Quality.NULL);
            } else if (tokens.takeWord("NOTNULL")) {
                of = new Negation(new Is(of, Quality.NULL));
            } else if (tokens.takeWord("IS")) {
                boolean not = tokens.takeWord("NOT");
                Expression asked = asked(of);
                of = not ? new Negation(asked) : asked;
            } else {
                return of;
            }
        }
    }

    private Expression asked(Expression of) throws NotUnderstood {
        if (tokens.takeWord("DISTINCT")) {
            tokens.expectWord("FROM");
            return new Distinct(of, comparison());
        }
        for (Quality quality : Quality.values()) {
            if (tokens.takeWord(quality.name())) {
                return new Is(of, quality);
            }
        }
        throw new NotUnderstood("IS " + tokens.peek().text());
    }

    private Expression comparison() throws NotUnderstood {
        Expression left = range();
        while (tokens.peek().kind() == Kind.OPERATOR
                && COMPARISONS.contains(tokens.peek().text())) {
            left = operation(tokens.take().text(), left, this::range);
        }
        return left;
    }

    private Expression range() throws NotUnderstood {
        Expression of = other();
        boolean not =
                tokens.isWord("NOT") && Set.of("BETWEEN", "IN", "LIKE", "ILIKE").contains(upper(tokens.peekAfter()));
        if (not) {
            tokens.take();
        }
        if (tokens.takeWord("BETWEEN")) {
            Expression low = other();
            tokens.expectWord("AND");
            Expression high = other();
            return negated(
                    not,
                    new Connective(
                            true,
                            List.of(new Operation(">=", List.of(of, low)), new Operation("<=", List.of(of, high)))));
        }
        if (tokens.takeWord("IN")) {
            tokens.expectSign("(");
            return negated(not, new Quantified(of, "=", new Items(list(")")), false));
        }
        if (tokens.takeWord("LIKE")) {
            return negated(not, new Operation("~~", List.of(of, other())));
        }
        return tokens.takeWord("ILIKE") ? negated(not, new Operation("~~*", List.of(of, other()))) : of;
    }

    private static String upper(Token token) {
        return token.text().toUpperCase(Locale.ROOT);
    }

    private static Expression negated(boolean not, Expression of) {
        return not ? new Negation(of) : of;
    }

    /** Every operator that is neither comparison nor arithmetic. */
    private Expression other() throws NotUnderstood {
        Expression left = sum();
        while (tokens.peek().kind() == Kind.OPERATOR
                && !COMPARISONS.contains(tokens.peek().text())
                && !Set.of("+", "-", "*", "/", "%", "^").contains(tokens.peek().text())) {
            left = operation(tokens.take().text(), left, this::sum);
        }
        if (tokens.isWord("OPERATOR")) {
            throw new NotUnderstood("an operator of a schema");
        }
        return left;
    }

    private Expression sum() throws NotUnderstood {
        Expression left = product();
        while (tokens.isSign("+") || tokens.isSign("-")) {
            left = operation(tokens.take().text(), left, this::product);
        }
        return left;
    }

    private Expression product() throws NotUnderstood {
        Expression left = power();
        while (tokens.isSign("*") || tokens.isSign("/") || tokens.isSign("%")) {
            left = operation(tokens.take().text(), left, this::power);
        }
        return left;
    }

    private Expression power() throws NotUnderstood {
        Expression left = signed();
        while (tokens.isSign("^")) {
            left = operation(tokens.take().text(), left, this::signed);
        }
        return left;
    }

    /** Reads an operand. */
    private interface Operand {
        Expression read() throws NotUnderstood;
    }

    private Expression operation(String operator, Expression left, Operand right) throws NotUnderstood {
        boolean any = tokens.isWord("ANY") || tokens.isWord("SOME");
        if (any || tokens.isWord("ALL")) {
            tokens.take();
            tokens.expectSign("(");
            Expression array = any();
            tokens.expectSign(")");
            return new Quantified(left, operator, array, !any);
        }
        return new Operation(operator, List.of(left, right.read()));
    }

    private Expression signed() throws NotUnderstood {
        boolean minus = tokens.isSign("-");
        if (!minus && !tokens.isSign("+")) {
            return suffixed();
        }
        tokens.take();
        deeper();
        Expression of = signed();
        depth--;
        return minus ? new Operation("-", List.of(of)) : of;
    }

    private Expression suffixed() throws NotUnderstood {
        Expression of = primary();
        while (true) {
            if (tokens.takeSign("::")) {
                of = new Cast(of, TypeNames.read(tokens));
            } else if (tokens.takeWord("COLLATE")) {
                collation();
            } else if (tokens.isSign("[") || tokens.isWord("AT") || tokens.isSign(".")) {
                throw new NotUnderstood("a part of a value");
            } else {
                return of;
            }
        }
    }

    /** The collations that compare as every other does where only equality is asked. */
    private void collation() throws NotUnderstood {
        String name = tokens.take().text();
        while (tokens.takeSign(".")) {
            name = tokens.take().text();
        }
        if (!KNOWN_COLLATIONS.contains(name)) {
            throw new NotUnderstood("a collation");
        }
    }

    private Expression primary() throws NotUnderstood {
        Token token = tokens.take();
        return switch (token.kind()) {
            case NUMBER -> new Literal(new BigDecimal(token.text()));
            case TEXT -> new Literal(token.text());
            case QUOTED -> named(token);
            case NAME -> word(token);
            case SIGN -> {
                if (!token.text().equals("(")) {
                    throw new NotUnderstood("`" + token.text() + "`");
                }
                Expression inner = any();
                tokens.expectSign(")");
                yield inner;
            }
            case OPERATOR, END -> throw new NotUnderstood("`" + token.text() + "`");
        };
    }

    private Expression word(Token token) throws NotUnderstood {
        String word = upper(token);
        return switch (word) {
            case "NULL" -> new Literal(null);
            case "TRUE" -> new Literal(true);
            case "FALSE" -> new Literal(false);
            case "CASE" -> cases();
            case "ARRAY" -> {
                tokens.expectSign("[");
                yield new Items(list("]"));
            }
            case "CURRENT_DATE", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP" -> new Call("now", List.of());
            default -> {
                if (NOT_COLUMNS.contains(word)) {
                    throw new NotUnderstood(word);
                }
                yield named(token);
            }
        };
    }

    /** A function where a parenthesis follows, else a column. */
    private Expression named(Token first) throws NotUnderstood {
        Token name = first;
        while (tokens.takeSign(".")) {
            if (!Tokens.folded(name).equals("pg_catalog")) {
                throw new NotUnderstood("`" + name.text() + ".`");
            }
            name = tokens.take();
        }
        if (!tokens.takeSign("(")) {
            return new Column(name.text());
        }
        String function = Tokens.folded(name);
        return switch (function) {
            case "trim" -> trim();
            case "position" -> position();
            case "extract" -> extract();
            case "substring" -> substring();
            default -> new Call(function, list(")"));
        };
    }

    private List<Expression> list(String end) throws NotUnderstood {
        List<Expression> items = new ArrayList<>();
        if (tokens.takeSign(end)) {
            return items;
        }
        do {
            items.add(any());
        } while (tokens.takeSign(","));
        tokens.expectSign(end);
        return items;
    }

    private Expression trim() throws NotUnderstood {
        String function = tokens.takeWord("LEADING") ? "ltrim" : tokens.takeWord("TRAILING") ? "rtrim" : "btrim";
        tokens.takeWord("BOTH");
        List<Expression> arguments = new ArrayList<>();
        if (!tokens.isWord("FROM")) {
            arguments.add(any());
        }
        if (tokens.takeWord("FROM")) {
            arguments.addFirst(any());
        }
        tokens.expectSign(")");
        return new Call(function, arguments);
    }

    private Expression position() throws NotUnderstood {
        Expression part = other();
        tokens.expectWord("IN");
        Expression whole = any();
        tokens.expectSign(")");
        return new Call("strpos", List.of(whole, part));
    }

    private Expression extract() throws NotUnderstood {
        String field = Tokens.folded(tokens.take());
        tokens.expectWord("FROM");
        Expression of = any();
        tokens.expectSign(")");
        return new Call("date_part", List.of(new Literal(field), of));
    }

    private Expression substring() throws NotUnderstood {
        List<Expression> arguments = new ArrayList<>(List.of(any()));
        boolean worded = tokens.isWord("FROM");
        while (tokens.takeWord("FROM") || tokens.takeWord("FOR") || tokens.takeSign(",")) {
            arguments.add(any());
        }
        tokens.expectSign(")");
        if (worded && arguments.size() == 2 && !(arguments.get(1) instanceof Literal(BigDecimal n))) {
            throw new NotUnderstood("substring by pattern");
        }
        return new Call("substring", arguments);
    }

    private Expression cases() throws NotUnderstood {
        Optional<Expression> compared = tokens.isWord("WHEN") ? Optional.empty() : Optional.of(any());
        List<When> whens = new ArrayList<>();
        while (tokens.takeWord("WHEN")) {
            Expression when = any();
            tokens.expectWord("THEN");
            Expression condition = compared.<Expression>map(of -> new Operation("=", List.of(of, when)))
                    .orElse(when);
            whens.add(new When(condition, any()));
        }
        Optional<Expression> otherwise = tokens.takeWord("ELSE") ? Optional.of(any()) : Optional.empty();
        tokens.expectWord("END");
        return new Case(whens, otherwise);
    }
}
