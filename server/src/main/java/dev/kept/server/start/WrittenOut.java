package dev.kept.server.start;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes out what {@code invokedynamic} would have the JVM make at its first call: lambdas as classes (JLS section 15.27.4), what records
 * say of themselves (section 8.10.3) and switches over types (section 14.11.3) as methods. A command that lives for half a second runs most of
 * its code once, and there making a call site costs more than all its calls; of those only some come from an AOT cache (JEP 483).
 *
 * <p>The classes do what they did. One object treats the classes of one jar.
 */
final class WrittenOut {

    /** Since Java 11 classes of one nest may call each other's private methods (JEP 181), as the class of a lambda has to. */
    private static final int SINCE = ClassFile.JAVA_11_VERSION;

    private static final ClassFile FILES = ClassFile.of();

    private final Map<String, byte[]> added = new LinkedHashMap<>();
    private final Map<String, List<ClassDesc>> newMembers = new LinkedHashMap<>();

    /** The entries of a jar by their names, followed by the classes that lambdas have become. */
    static Map<String, byte[]> of(Map<String, byte[]> entries) {
        WrittenOut jar = new WrittenOut();
        Map<String, byte[]> written = new LinkedHashMap<>();
        entries.forEach((name, bytes) -> written.put(name, ModernClasses.isClass(name) ? jar.of(bytes) : bytes));
        jar.newMembers.forEach(
                (host, members) -> written.computeIfPresent(host, (name, bytes) -> withMembers(bytes, members)));
        written.putAll(jar.added);
        return written;
    }

    /** Whether something in the class would be written out. */
    static boolean concerns(byte[] bytes) {
        ClassModel model = FILES.parse(bytes);
        return concerns(model);
    }

    private static boolean concerns(ClassModel model) {
        return model.majorVersion() >= SINCE && model.methods().stream().anyMatch(WrittenOut::concerns);
    }

    private static boolean concerns(MethodModel method) {
        return method.code()
                .filter(code -> code.elementStream()
                        .anyMatch(element -> element instanceof InvokeDynamicInstruction call
                                && (LambdaClass.understands(call)
                                        || RecordMethods.understands(call)
                                        || TypeSwitch.understands(call))))
                .isPresent();
    }

    private byte[] of(byte[] bytes) {
        ClassModel model = FILES.parse(bytes);
        return concerns(model) ? FILES.transformClass(model, new Bodies(model)) : bytes;
    }

    /** One class: its methods with calls in place of call sites, and behind them the methods that are called. */
    private final class Bodies implements ClassTransform {
        private final ClassModel model;
        private final ClassDesc host;
        private final List<Consumer<ClassBuilder>> methods = new ArrayList<>();
        private int lambdas;

        Bodies(ClassModel model) {
            this.model = model;
            this.host = model.findAttribute(Attributes.nestHost())
                    .map(NestHostAttribute::nestHost)
                    .map(ClassEntry::asSymbol)
                    .orElse(model.thisClass().asSymbol());
        }

        @Override
        public void accept(ClassBuilder builder, ClassElement element) {
            if (element instanceof MethodModel method && concerns(method)) {
                CodeTransform calls = this::write;
                builder.transformMethod(method, MethodTransform.transformingCode(calls));
            } else {
                builder.with(element);
            }
        }

        @Override
        public void atEnd(ClassBuilder builder) {
            methods.forEach(method -> method.accept(builder));
        }

        private void write(CodeBuilder code, CodeElement element) {
            if (!(element instanceof InvokeDynamicInstruction call)) {
                code.with(element);
            } else if (LambdaClass.understands(call)) {
                lambda(code, call);
            } else if (RecordMethods.understands(call)) {
                callNew(code, call, RecordMethods.body(call));
            } else if (TypeSwitch.understands(call)) {
                callNew(code, call, TypeSwitch.body(call));
            } else {
                code.with(element);
            }
        }

        private void lambda(CodeBuilder code, InvokeDynamicInstruction call) {
            String name = model.thisClass().asInternalName() + "$$WrittenOut$" + lambdas++;
            LambdaClass lambda = new LambdaClass(ClassDesc.ofInternalName(name), host, call);
            added.put(name + ".class", lambda.bytes(model.majorVersion()));
            newMembers
                    .computeIfAbsent(internalName(host) + ".class", of -> new ArrayList<>())
                    .add(lambda.name());
            lambda.make(code);
        }

        private void callNew(CodeBuilder code, InvokeDynamicInstruction call, Consumer<CodeBuilder> body) {
            String name = "writtenOut$" + methods.size() + "$" + call.name().stringValue();
            methods.add(builder -> builder.withMethodBody(
                    name,
                    call.typeSymbol(),
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                    body));
            boolean inInterface = (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
            code.invokestatic(model.thisClass().asSymbol(), name, call.typeSymbol(), inInterface);
        }
    }

    private static byte[] withMembers(byte[] bytes, List<ClassDesc> more) {
        ClassModel model = FILES.parse(bytes);
        Set<ClassDesc> members = new LinkedHashSet<>();
        model.findAttribute(Attributes.nestMembers())
                .ifPresent(old -> old.nestMembers().forEach(member -> members.add(member.asSymbol())));
        members.addAll(more);
        return FILES.transformClass(
                model,
                ClassTransform.dropping(element -> element instanceof NestMembersAttribute)
                        .andThen(ClassTransform.endHandler(
                                builder -> builder.with(NestMembersAttribute.ofSymbols(List.copyOf(members))))));
    }

    static String internalName(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1);
    }

    /** The static arguments of a call site where it is made by this method; empty for any other. */
    static Optional<List<ConstantDesc>> madeBy(InvokeDynamicInstruction call, String owner, String method) {
        DirectMethodHandleDesc by = call.bootstrapMethod();
        return internalName(by.owner()).equals(owner) && by.methodName().equals(method)
                ? Optional.of(call.bootstrapArgs())
                : Optional.empty();
    }
}
