package dev.kept.server.start;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;

/** Makes a value on the stack one of another type, as a lambda's class has to ({@code java.lang.invoke.LambdaMetafactory}). */
final class Conversion {

    private static final Map<ClassDesc, ClassDesc> BOXES = Map.of(
            ConstantDescs.CD_boolean, ConstantDescs.CD_Boolean,
            ConstantDescs.CD_byte, ConstantDescs.CD_Byte,
            ConstantDescs.CD_char, ConstantDescs.CD_Character,
            ConstantDescs.CD_short, ConstantDescs.CD_Short,
            ConstantDescs.CD_int, ConstantDescs.CD_Integer,
            ConstantDescs.CD_long, ConstantDescs.CD_Long,
            ConstantDescs.CD_float, ConstantDescs.CD_Float,
            ConstantDescs.CD_double, ConstantDescs.CD_Double);

    private Conversion() {}

    static ClassDesc box(ClassDesc primitive) {
        return BOXES.getOrDefault(primitive, primitive);
    }

    static void convert(CodeBuilder code, ClassDesc from, ClassDesc to) {
        if (from.equals(to)) {
            return;
        }
        if (from.isPrimitive() && to.isPrimitive()) {
            widen(code, from, to);
        } else if (from.isPrimitive()) {
            code.invokestatic(box(from), "valueOf", MethodTypeDesc.of(box(from), from));
        } else if (to.isPrimitive()) {
            unbox(code, from, to);
        } else if (!to.equals(ConstantDescs.CD_Object)) {
            code.checkcast(to);
        }
    }

    private static void widen(CodeBuilder code, ClassDesc from, ClassDesc to) {
        TypeKind narrow = TypeKind.from(from).asLoadable();
        TypeKind wide = TypeKind.from(to).asLoadable();
        if (narrow != wide) {
            code.conversion(narrow, wide);
        }
    }

    /** From its own box, and then wider where needed. */
    private static void unbox(CodeBuilder code, ClassDesc from, ClassDesc to) {
        for (Map.Entry<ClassDesc, ClassDesc> each : BOXES.entrySet()) {
            if (each.getValue().equals(from)) {
                unboxExactly(code, each.getKey());
                convert(code, each.getKey(), to);
                return;
            }
        }
        code.checkcast(box(to));
        unboxExactly(code, to);
    }

    private static void unboxExactly(CodeBuilder code, ClassDesc primitive) {
        code.invokevirtual(box(primitive), primitive.displayName() + "Value", MethodTypeDesc.of(primitive));
    }

    static void drop(CodeBuilder code, ClassDesc type) {
        switch (TypeKind.from(type).slotSize()) {
            case 1 -> code.pop();
            case 2 -> code.pop2();
            default -> {}
        }
    }
}
