package dev.kept.server.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.check.FolderCheck;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WrittenOutTest {

    /** Everything that is written out, in the forms in which the compiler leaves it. */
    public static final class Sample implements Supplier<String> {

        private final String own;

        public Sample() {
            this("own");
        }

        private Sample(String own) {
            this.own = own;
        }

        sealed interface Shape {
            default Supplier<String> described() {
                return () -> "a " + name();
            }

            private String name() {
                return toString();
            }

            static Function<Shape, String> naming() {
                return Shape::name;
            }
        }

        record Circle(double radius, float thickness) implements Shape {}

        record Square(long side, int @Nullable [] marks, String name) implements Shape {}

        record Point() implements Shape {}

        record Small(
                byte one,
                short two,
                char three,
                boolean four,
                int five,
                @Nullable Object six) {}

        private static String of(@Nullable Object value, int depth) {
            return switch (value) {
                case null -> "nothing";
                case Circle(double radius, float thickness) when radius > 1 -> "big " + radius + thickness;
                case Circle circle -> "circle " + circle.radius();
                case Square square -> "square " + square.side();
                case Point point -> "point " + depth;
                case String text -> "text " + text;
                default -> "else";
            };
        }

        private String with(String more) {
            return own + more;
        }

        private static int total(int... numbers) {
            return IntStream.of(numbers).sum();
        }

        private static <T extends Comparable<T>> T larger(T a, T b) {
            return a.compareTo(b) >= 0 ? a : b;
        }

        @Override
        public String get() {
            List<Object> all = new ArrayList<>();
            switches(all);
            records(all);
            references(all);
            boxes(all);
            return all.stream().map(String::valueOf).collect(Collectors.joining("\n"));
        }

        private static void switches(List<Object> all) {
            Stream.of(new Circle(2, 1), new Circle(0.5, 1), new Square(3, null, "s"), new Point(), "x", 7)
                    .map(value -> of(value, 2))
                    .forEach(all::add);
            all.add(of(null, 1));
        }

        private static void records(List<Object> all) {
            Small small = new Small((byte) -1, (short) 300, 'c', true, 5, null);
            List<Record> some = List.of(
                    new Circle(0.0, Float.NaN),
                    new Circle(-0.0, Float.NaN),
                    new Circle(0.0, Float.NaN),
                    new Square(Long.MIN_VALUE, null, "s"),
                    new Square(Long.MIN_VALUE, null, "s"),
                    new Square(Long.MIN_VALUE, null, "t"),
                    new Point(),
                    new Point(),
                    small,
                    new Small((byte) -1, (short) 300, 'c', false, 5, "six"));
            for (Record one : some) {
                all.add(one + " " + one.hashCode() + one.equals(null) + one.equals("text"));
                some.forEach(other -> all.add(one.equals(other)));
            }
        }

        private void references(List<Object> all) {
            Function<String, String> bound = this::with;
            BiFunction<Sample, String, String> unbound = Sample::with;
            Function<String, Sample> constructor = Sample::new;
            IntFunction<String[]> array = String[]::new;
            Supplier<Supplier<Sample>> nested = () -> () -> new Sample(own + own);
            all.add(bound.apply(" bound"));
            all.add(unbound.apply(constructor.apply("made"), " unbound"));
            all.add(array.apply(3).length);
            all.add(nested.get().get().own);
            all.add(new Point().described().get());
            all.add(Shape.naming().apply(new Point()));
            all.add(Stream.of("b", "a", "c")
                    .sorted(Comparator.comparing(Object::toString))
                    .toList());
            all.add(Stream.of("b", "a", "c").reduce(Sample::larger).orElseThrow());
            all.add(Stream.of("b", "a")
                    .collect(Collectors.toMap(key -> key, String::length, Integer::sum, TreeMap::new)));
        }

        private static void boxes(List<Object> all) {
            long wide = 4;
            double real = 2.5;
            byte small = 3;
            ToIntFunction<String> length = String::length;
            ToLongFunction<String> widened = String::length;
            ToDoubleFunction<Integer> unboxed = Integer::intValue;
            LongUnaryOperator plus = value -> value + wide + small;
            DoubleSupplier held = () -> real * wide;
            IntSupplier unboxing = Integer.valueOf(9)::intValue;
            Function<Integer, Object> boxing = Math::abs;
            Function<int[], Integer> varied = Sample::total;
            Runnable nothing = () -> length.applyAsInt("dropped");
            nothing.run();
            all.addAll(List.of(length.applyAsInt("four"), widened.applyAsLong("four"), unboxed.applyAsDouble(4)));
            all.addAll(List.of(plus.applyAsLong(1), held.getAsDouble(), unboxing.getAsInt(), boxing.apply(-3)));
            all.add(varied.apply(new int[] {1, 2, 3}));
            all.add(Stream.of(3, 1, 2)
                    .mapToInt(Integer::intValue)
                    .mapToObj(Integer::toString)
                    .toList());
        }
    }

    @Test
    void what_is_written_out_does_what_it_did() throws Exception {
        Map<String, byte[]> written =
                WrittenOut.of(classes(WrittenOutTest.class, "dev/kept/server/start/WrittenOutTest"));
        Object sample = new Written(written)
                .loadClass(Sample.class.getName())
                .getConstructor()
                .newInstance();
        assertThat(sample.getClass()).isNotEqualTo(Sample.class);
        assertThat(((Supplier<?>) sample).get()).isEqualTo(new Sample().get());
        assertThat(written.entrySet().stream()
                        .filter(each -> each.getKey().contains("$Sample"))
                        .flatMap(each -> callSites(each.getValue()))
                        .filter(owner -> !owner.endsWith("StringConcatFactory")))
                .isEmpty();
    }

    @Test
    void a_lambda_that_holds_nothing_is_one_object() throws Exception {
        Map<String, byte[]> written =
                WrittenOut.of(classes(WrittenOutTest.class, "dev/kept/server/start/WrittenOutTest"));
        Class<?> shape = new Written(written).loadClass(Sample.Shape.class.getName());
        var naming = shape.getDeclaredMethod("naming");
        naming.setAccessible(true);
        assertThat(naming.invoke(null)).isSameAs(naming.invoke(null));
    }

    @Test
    void every_class_of_the_core_still_passes_the_verifier() throws Exception {
        Map<String, byte[]> before = classes(FolderCheck.class, "dev/kept/core/");
        Map<String, byte[]> written = WrittenOut.of(before);
        assertThat(written).hasSizeGreaterThan(before.size() + 1_000);
        Written loader = new Written(written);
        for (String name : written.keySet()) {
            Class<?> loaded = Class.forName(name.replace('/', '.').replaceFirst("\\.class$", ""), true, loader);
            assertThat(loaded.getClassLoader()).as(name).isSameAs(loader);
        }
    }

    @Test
    void classes_without_call_sites_stay_as_they_are() throws IOException {
        byte[] plain = classes(WrittenOut.class, "dev/kept/server/start/package-info")
                .values()
                .iterator()
                .next();
        assertThat(WrittenOut.concerns(plain)).isFalse();
        assertThat(WrittenOut.of(Map.of("a.class", plain, "b.txt", new byte[] {1})))
                .containsOnly(Map.entry("a.class", plain), Map.entry("b.txt", new byte[] {1}));
    }

    private static Stream<String> callSites(byte[] bytes) {
        return ClassFile.of().parse(bytes).methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(InvokeDynamicInstruction.class::isInstance)
                .map(call -> WrittenOut.internalName(
                        ((InvokeDynamicInstruction) call).bootstrapMethod().owner()));
    }

    /** Class files whose names begin so, from where {@code from} was loaded: a folder or a jar. */
    private static Map<String, byte[]> classes(Class<?> from, String beginning) throws IOException {
        Path place =
                Path.of(from.getProtectionDomain().getCodeSource().getLocation().getPath());
        if (Files.isDirectory(place)) {
            return classesBelow(place, beginning);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return classesBelow(jar.getPath("/"), beginning);
        }
    }

    private static Map<String, byte[]> classesBelow(Path root, String beginning) throws IOException {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (name.startsWith(beginning) && name.endsWith(".class")) {
                    classes.put(name, Files.readAllBytes(file));
                }
            }
        }
        return classes;
    }

    /** Loads these classes, and all others as this test does. */
    private static final class Written extends ClassLoader {
        private final Map<String, byte[]> classes;

        Written(Map<String, byte[]> classes) {
            super(WrittenOutTest.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                byte[] bytes = classes.get(name.replace('.', '/') + ".class");
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null || bytes == null) {
                    return loaded != null ? loaded : super.loadClass(name, resolve);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
    }
}
