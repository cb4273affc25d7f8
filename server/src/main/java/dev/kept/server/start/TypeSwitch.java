package dev.kept.server.start;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.util.List;
import java.util.function.Consumer;

/** Which of the types of a switch is the first, from a place on, that a value has ({@code java.lang.runtime.SwitchBootstraps}). */
final class TypeSwitch {

    private static final int NULL = -1;

    private TypeSwitch() {}

    /** Types alone: where constants are among the labels, the call site stays. */
    static boolean understands(InvokeDynamicInstruction call) {
        return WrittenOut.madeBy(call, "java/lang/runtime/SwitchBootstraps", "typeSwitch")
                .filter(labels ->
                        labels.stream().allMatch(label -> label instanceof ClassDesc type && !type.isPrimitive()))
                .filter(labels -> !call.typeSymbol().parameterType(0).isPrimitive())
                .isPresent();
    }

    static Consumer<CodeBuilder> body(InvokeDynamicInstruction call) {
        List<ConstantDesc> labels = call.bootstrapArgs();
        return code -> {
            Label there = code.newLabel();
            code.aload(0).ifnonnull(there).loadConstant(NULL).ireturn().labelBinding(there);
            for (int i = 0; i < labels.size(); i++) {
                Label next = code.newLabel();
                if (i > 0) {
                    code.iload(1).loadConstant(i).if_icmpgt(next);
                } else {
                    code.iload(1).ifgt(next);
                }
                code.aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
                code.loadConstant(i).ireturn().labelBinding(next);
            }
            code.loadConstant(labels.size()).ireturn();
        };
    }
}
