package dev.kept.server.start;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.Consumer;

/** {@code equals}, {@code hashCode} and {@code toString} of a record as {@code java.lang.runtime.ObjectMethods} would make them. */
final class RecordMethods {

    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final ClassDesc BUILDER = ClassDesc.of("java.lang.StringBuilder");
    private static final int FACTOR = 31;

    private final ClassDesc type;
    private final List<DirectMethodHandleDesc> fields;

    private RecordMethods(List<ConstantDesc> arguments) {
        this.type = (ClassDesc) arguments.getFirst();
        this.fields = arguments.stream()
                .skip(2)
                .map(DirectMethodHandleDesc.class::cast)
                .toList();
    }

    static boolean understands(InvokeDynamicInstruction call) {
        return WrittenOut.madeBy(call, "java/lang/runtime/ObjectMethods", "bootstrap")
                .filter(arguments -> List.of("equals", "hashCode", "toString")
                        .contains(call.name().stringValue()))
                .isPresent();
    }

    static Consumer<CodeBuilder> body(InvokeDynamicInstruction call) {
        RecordMethods methods = new RecordMethods(call.bootstrapArgs());
        return switch (call.name().stringValue()) {
            case "equals" -> methods::equal;
            case "hashCode" -> methods::hash;
            default -> methods::text;
        };
    }

    private static ClassDesc typeOf(DirectMethodHandleDesc field) {
        return field.invocationType().returnType();
    }

    private void get(CodeBuilder code, int slot, DirectMethodHandleDesc field) {
        code.aload(slot).getfield(type, field.methodName(), typeOf(field));
    }

    private void equal(CodeBuilder code) {
        Label same = code.newLabel();
        Label different = code.newLabel();
        code.aload(0).aload(1).if_acmpeq(same);
        code.aload(1).instanceOf(type).ifeq(different);
        code.aload(1).checkcast(type).astore(2);
        for (DirectMethodHandleDesc field : fields) {
            get(code, 0, field);
            get(code, 2, field);
            different(code, typeOf(field), different);
        }
        code.labelBinding(same).iconst_1().ireturn();
        code.labelBinding(different).iconst_0().ireturn();
    }

    /** Jumps where the two values on the stack are not equal; floating ones are compared as their boxes are. */
    private static void different(CodeBuilder code, ClassDesc of, Label different) {
        TypeKind kind = TypeKind.from(of).asLoadable();
        switch (kind) {
            case INT -> code.if_icmpne(different);
            case LONG -> code.lcmp().ifne(different);
            case FLOAT, DOUBLE ->
                code.invokestatic(Conversion.box(of), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, of, of))
                        .ifne(different);
            default ->
                code.invokestatic(
                                OBJECTS,
                                "equals",
                                MethodTypeDesc.of(
                                        ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object))
                        .ifeq(different);
        }
    }

    private void hash(CodeBuilder code) {
        code.iconst_0();
        for (DirectMethodHandleDesc field : fields) {
            ClassDesc of = typeOf(field);
            code.loadConstant(FACTOR).imul();
            get(code, 0, field);
            code.invokestatic(
                    of.isPrimitive() ? Conversion.box(of) : OBJECTS,
                    "hashCode",
                    MethodTypeDesc.of(ConstantDescs.CD_int, of.isPrimitive() ? of : ConstantDescs.CD_Object));
            code.iadd();
        }
        code.ireturn();
    }

    private void text(CodeBuilder code) {
        code.new_(BUILDER).dup().invokespecial(BUILDER, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
        code.loadConstant(type)
                .invokevirtual(ConstantDescs.CD_Class, "getSimpleName", MethodTypeDesc.of(ConstantDescs.CD_String));
        append(code, ConstantDescs.CD_String);
        String before = "[";
        for (DirectMethodHandleDesc field : fields) {
            code.loadConstant(before + field.methodName() + "=");
            append(code, ConstantDescs.CD_String);
            get(code, 0, field);
            append(code, shown(typeOf(field)));
            before = ", ";
        }
        code.loadConstant(fields.isEmpty() ? "[]" : "]");
        append(code, ConstantDescs.CD_String);
        code.invokevirtual(BUILDER, "toString", MethodTypeDesc.of(ConstantDescs.CD_String))
                .areturn();
    }

    private static ClassDesc shown(ClassDesc of) {
        boolean small = of.equals(ConstantDescs.CD_byte) || of.equals(ConstantDescs.CD_short);
        return small ? ConstantDescs.CD_int : of.isPrimitive() ? of : ConstantDescs.CD_Object;
    }

    private static void append(CodeBuilder code, ClassDesc of) {
        code.invokevirtual(BUILDER, "append", MethodTypeDesc.of(BUILDER, of));
    }
}
