package dev.kept.core.constraint;

import dev.kept.core.constraint.Value.Any;
import dev.kept.core.constraint.Value.Known;
import dev.kept.core.constraint.Value.Unclear;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Evaluates an expression of which only some columns are known: the answer holds whatever the others are. What is not understood makes the
 * answer open, never wrong.
 */
final class Evaluation {
    private final Function<String, Value> columns;
    private final TypedValues types;

    /** @param columns what is known of a column, by its name */
    Evaluation(Function<String, Value> columns, TypedValues types) {
        this.columns = columns;
        this.types = types;
    }

    Value of(Expression expression) {
        return switch (expression) {
            case Expression.Literal(Object value) -> new Known(value);
            case Expression.Column(String name) -> columns.apply(name);
            case Expression.Call call -> call(call);
            case Expression.Operation operation -> operation(operation);
            case Expression.Connective connective -> connective(connective);
            case Expression.Negation(Expression of) -> each(of(of).truths(), Ternary::not);
            case Expression.Is is -> is(of(is.of()), is.quality());
            case Expression.Distinct(Expression a, Expression b) -> distinct(of(a), of(b));
            case Expression.Quantified quantified -> quantified(quantified);
            case Expression.Cast(Expression of, String type) -> types.cast(of(of), type);
            case Expression.Items(List<Expression> of) ->
                new Known(new Value.Items(of.stream().map(this::of).toList()));
            case Expression.Case cases -> cases(cases);
        };
    }

    /** A function of one truth, over all that a value may be. */
    private static Value each(Set<Ternary> possible, Function<Ternary, Ternary> function) {
        Set<Ternary> results = EnumSet.noneOf(Ternary.class);
        possible.forEach(truth -> results.add(function.apply(truth)));
        return Value.ofTruths(results);
    }

    private Value connective(Expression.Connective connective) {
        BinaryOperator<Ternary> operator = connective.and() ? Ternary::and : Ternary::or;
        Set<Ternary> results = EnumSet.of(connective.and() ? Ternary.TRUE : Ternary.FALSE);
        for (Expression of : connective.of()) {
            Set<Ternary> next = EnumSet.noneOf(Ternary.class);
            for (Ternary right : of(of).truths()) {
                results.forEach(left -> next.add(operator.apply(left, right)));
            }
            results = next;
        }
        return Value.ofTruths(results);
    }

    private static Value is(Value value, Expression.Quality quality) {
        return switch (quality) {
            case NULL ->
                switch (value) {
                    case Known(Object known) -> Value.of(known == null);
                    case Any(boolean maybeNull) -> maybeNull ? new Any(false) : Value.of(false);
                    case Value.Logic logic -> each(logic.possible(), truth -> Ternary.of(truth == Ternary.NULL));
                    case Unclear unclear -> new Any(false);
                };
            case TRUE -> each(value.truths(), truth -> Ternary.of(truth == Ternary.TRUE));
            case FALSE -> each(value.truths(), truth -> Ternary.of(truth == Ternary.FALSE));
            case UNKNOWN -> each(value.truths(), truth -> Ternary.of(truth == Ternary.NULL));
        };
    }

    private static Value distinct(Value a, Value b) {
        boolean aNull = a.equals(Value.NULL);
        boolean bNull = b.equals(Value.NULL);
        if (aNull || bNull) {
            Value nulls = is(aNull ? b : a, Expression.Quality.NULL);
            return each(nulls.truths(), Ternary::not);
        }
        return a instanceof Known && b instanceof Known
                ? each(Operators.apply("=", a, b).truths(), Ternary::not)
                : new Any(false);
    }

    private Value call(Expression.Call call) {
        List<Value> arguments = call.arguments().stream().map(this::of).toList();
        return switch (call.function()) {
            case "coalesce" -> coalesce(arguments);
            case "num_nulls" -> nulls(arguments, true);
            case "num_nonnulls" -> nulls(arguments, false);
            case "now", "transaction_timestamp", "statement_timestamp", "clock_timestamp" -> new Known(new Value.Now());
            default -> strict(arguments, known -> Functions.apply(call.function(), known));
        };
    }

    private Value operation(Expression.Operation operation) {
        List<Value> operands = operation.operands().stream().map(this::of).toList();
        return strict(
                operands,
                known -> known.size() == 1
                        ? Operators.apply(operation.operator(), known.getFirst())
                        : Operators.apply(operation.operator(), known.get(0), known.get(1)));
    }

    /** NULL where an argument is NULL, open where one is open: so are all operators and functions known here. */
    private static Value strict(List<Value> arguments, Function<List<Value>, Value> function) {
        boolean known = arguments.stream().allMatch(Known.class::isInstance);
        if (known || arguments.contains(Value.NULL)) {
            return function.apply(arguments);
        }
        return arguments.contains(Value.UNCLEAR) ? Value.UNCLEAR : new Any(true);
    }

    private static Value coalesce(List<Value> arguments) {
        List<Value> left = arguments.stream().dropWhile(Value.NULL::equals).toList();
        if (left.isEmpty()) {
            return Value.NULL;
        }
        boolean never = left.stream()
                .anyMatch(value -> is(value, Expression.Quality.NULL).equals(Value.of(false)));
        return left.getFirst() instanceof Known ? left.getFirst() : new Any(!never);
    }

    private static Value nulls(List<Value> arguments, boolean counted) {
        int count = 0;
        for (Value argument : arguments) {
            Set<Ternary> isNull = is(argument, Expression.Quality.NULL).truths();
            if (isNull.size() > 1) {
                return new Any(false);
            }
            count += isNull.contains(Ternary.of(counted)) ? 1 : 0;
        }
        return new Known(java.math.BigDecimal.valueOf(count));
    }

    private Value quantified(Expression.Quantified quantified) {
        Value left = of(quantified.left());
        Value array = of(quantified.array());
        if (array.equals(Value.NULL)) {
            return Value.NULL;
        }
        if (!(array instanceof Known(Value.Items items))) {
            return array instanceof Unclear ? array : new Any(true);
        }
        List<Set<Ternary>> each = new ArrayList<>();
        for (Value item : items.of()) {
            each.add(strict(
                            List.of(left, item),
                            known -> Operators.apply(quantified.operator(), known.get(0), known.get(1)))
                    .truths());
        }
        Set<Ternary> results = EnumSet.of(quantified.all() ? Ternary.TRUE : Ternary.FALSE);
        for (Set<Ternary> truths : each) {
            Set<Ternary> next = EnumSet.noneOf(Ternary.class);
            for (Ternary right : truths) {
                results.forEach(so -> next.add(quantified.all() ? so.and(right) : so.or(right)));
            }
            results = next;
        }
        return Value.ofTruths(results);
    }

    private Value cases(Expression.Case cases) {
        for (Expression.When when : cases.whens()) {
            Set<Ternary> condition = of(when.condition()).truths();
            if (condition.equals(EnumSet.of(Ternary.TRUE))) {
                return of(when.then());
            }
            if (condition.contains(Ternary.TRUE)) {
                return either(cases);
            }
        }
        return cases.otherwise().map(this::of).orElse(Value.NULL);
    }

    /** It is not known which branch counts: then only what all have in common. */
    private Value either(Expression.Case cases) {
        Set<Ternary> truths = EnumSet.noneOf(Ternary.class);
        cases.whens().forEach(when -> truths.addAll(of(when.then()).truths()));
        truths.addAll(cases.otherwise().map(this::of).orElse(Value.NULL).truths());
        return Value.ofTruths(truths);
    }
}
