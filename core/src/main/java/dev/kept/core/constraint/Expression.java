package dev.kept.core.constraint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An SQL expression as {@code pg_get_expr} prints it. */
sealed interface Expression {

    /** A constant: a number, a text not cast yet, a boolean, or NULL. */
    record Literal(@Nullable Object value) implements Expression {}

    /** A column, or {@link #VALUE} in the check of a domain. */
    record Column(String name) implements Expression {
        static final String VALUE = "VALUE";
    }

    /** A function, by its name in lower case without {@code pg_catalog}. */
    record Call(String function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** An operator with one operand or two. */
    record Operation(String operator, List<Expression> operands) implements Expression {
        public Operation {
            operands = List.copyOf(operands);
        }
    }

    /** Kleene's AND or OR. */
    record Connective(boolean and, List<Expression> of) implements Expression {
        public Connective {
            of = List.copyOf(of);
        }
    }

    /** Kleene's NOT. */
    record Negation(Expression of) implements Expression {}

    /** What {@code IS} asks for. */
    enum Quality {
        NULL,
        TRUE,
        FALSE,
        UNKNOWN
    }

    /** {@code of IS quality}. */
    record Is(Expression of, Quality quality) implements Expression {}

    /** {@code a IS DISTINCT FROM b}. */
    record Distinct(Expression a, Expression b) implements Expression {}

    /** {@code left operator ANY (array)} or {@code ALL (array)}. */
    record Quantified(Expression left, String operator, Expression array, boolean all) implements Expression {}

    /** {@code of::type}. */
    record Cast(Expression of, String type) implements Expression {}

    /** {@code ARRAY[…]}. */
    record Items(List<Expression> of) implements Expression {
        public Items {
            of = List.copyOf(of);
        }
    }

    /** One branch of a {@code CASE}. */
    record When(Expression condition, Expression then) {}

    /** {@code CASE WHEN … THEN … ELSE … END}. */
    record Case(List<When> whens, Optional<Expression> otherwise) implements Expression {
        public Case {
            whens = List.copyOf(whens);
        }
    }

    /** The columns it mentions. */
    default List<String> columns() {
        List<String> names = new ArrayList<>();
        collect(this, names);
        return Collections.unmodifiableList(names);
    }

    private static void collect(Expression expression, List<String> names) {
        switch (expression) {
            case Literal literal -> {}
            case Column column -> names.add(column.name());
            case Call call -> call.arguments().forEach(of -> collect(of, names));
            case Operation operation -> operation.operands().forEach(of -> collect(of, names));
            case Connective connective -> connective.of().forEach(of -> collect(of, names));
            case Negation negation -> collect(negation.of(), names);
            case Is is -> collect(is.of(), names);
            case Distinct distinct -> {
                collect(distinct.a(), names);
                collect(distinct.b(), names);
            }
            case Quantified quantified -> {
                collect(quantified.left(), names);
                collect(quantified.array(), names);
            }
            case Cast cast -> collect(cast.of(), names);
            case Items items -> items.of().forEach(of -> collect(of, names));
            case Case cases -> {
                cases.whens().forEach(when -> {
                    collect(when.condition(), names);
                    collect(when.then(), names);
                });
                cases.otherwise().ifPresent(of -> collect(of, names));
            }
        }
    }
}
