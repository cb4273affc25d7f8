package dev.kept.server.start;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The class of a lambda or a method reference: the interface's one method, which calls what was written. */
final class LambdaClass {

    private static final Set<DirectMethodHandleDesc.Kind> CALLED = Set.of(
            DirectMethodHandleDesc.Kind.STATIC,
            DirectMethodHandleDesc.Kind.INTERFACE_STATIC,
            DirectMethodHandleDesc.Kind.VIRTUAL,
            DirectMethodHandleDesc.Kind.INTERFACE_VIRTUAL,
            DirectMethodHandleDesc.Kind.CONSTRUCTOR);

    private static final String ONLY = "ONLY";
    private static final String OF = "of";

    private final ClassDesc name;
    private final ClassDesc host;
    private final String method;

    /** What it holds from where it stands, and the interface. */
    private final MethodTypeDesc making;

    /** The interface's method, and what is known of its types here. */
    private final MethodTypeDesc erased;

    private final MethodTypeDesc known;
    private final DirectMethodHandleDesc called;

    /** @param host of the nest to which the code belongs */
    LambdaClass(ClassDesc name, ClassDesc host, InvokeDynamicInstruction call) {
        List<ConstantDesc> arguments = call.bootstrapArgs();
        this.name = name;
        this.host = host;
        this.method = call.name().stringValue();
        this.making = call.typeSymbol();
        this.erased = (MethodTypeDesc) arguments.get(0);
        this.called = (DirectMethodHandleDesc) arguments.get(1);
        this.known = (MethodTypeDesc) arguments.get(2);
    }

    /** Neither serializable ones nor those with bridges, which another method makes; nor calls of a superclass's own method. */
    static boolean understands(InvokeDynamicInstruction call) {
        return WrittenOut.madeBy(call, "java/lang/invoke/LambdaMetafactory", "metafactory")
                .filter(arguments ->
                        arguments.get(1) instanceof DirectMethodHandleDesc called && CALLED.contains(called.kind()))
                .isPresent();
    }

    ClassDesc name() {
        return name;
    }

    /** In place of the call site: what is held lies on the stack. */
    void make(CodeBuilder code) {
        if (making.parameterCount() == 0) {
            code.getstatic(name, ONLY, making.returnType());
        } else {
            code.invokestatic(name, OF, making);
        }
    }

    byte[] bytes(int version) {
        return ClassFile.of().build(name, builder -> {
            builder.withVersion(version, 0)
                    .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC)
                    .withInterfaceSymbols(making.returnType())
                    .with(NestHostAttribute.of(host));
            for (int i = 0; i < making.parameterCount(); i++) {
                builder.withField(held(i), making.parameterType(i), ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
            }
            builder.withMethodBody(ConstantDescs.INIT_NAME, constructor(), ClassFile.ACC_PRIVATE, this::construct);
            making(builder);
            builder.withMethodBody(method, erased, ClassFile.ACC_PUBLIC, this::call);
        });
    }

    private static String held(int index) {
        return "held" + index;
    }

    private MethodTypeDesc constructor() {
        return making.changeReturnType(ConstantDescs.CD_void);
    }

    private void construct(CodeBuilder code) {
        code.aload(0).invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
        for (int i = 0; i < making.parameterCount(); i++) {
            ClassDesc type = making.parameterType(i);
            code.aload(0).loadLocal(TypeKind.from(type), code.parameterSlot(i)).putfield(name, held(i), type);
        }
        code.return_();
    }

    /** What holds nothing exists once. */
    private void making(ClassBuilder builder) {
        if (making.parameterCount() == 0) {
            builder.withField(ONLY, making.returnType(), ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
            builder.withMethodBody(
                    ConstantDescs.CLASS_INIT_NAME,
                    ConstantDescs.MTD_void,
                    ClassFile.ACC_STATIC,
                    code -> code.new_(name)
                            .dup()
                            .invokespecial(name, ConstantDescs.INIT_NAME, constructor())
                            .putstatic(name, ONLY, making.returnType())
                            .return_());
        } else {
            builder.withMethodBody(OF, making, ClassFile.ACC_STATIC, code -> {
                code.new_(name).dup();
                for (int i = 0; i < making.parameterCount(); i++) {
                    code.loadLocal(TypeKind.from(making.parameterType(i)), code.parameterSlot(i));
                }
                code.invokespecial(name, ConstantDescs.INIT_NAME, constructor()).areturn();
            });
        }
    }

    private void call(CodeBuilder code) {
        boolean constructs = called.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR;
        if (constructs) {
            code.new_(called.owner()).dup();
        }
        List<ClassDesc> taken = taken();
        int heldCount = making.parameterCount();
        for (int i = 0; i < heldCount; i++) {
            code.aload(0).getfield(name, held(i), making.parameterType(i));
            Conversion.convert(code, making.parameterType(i), taken.get(i));
        }
        for (int i = 0; i < erased.parameterCount(); i++) {
            code.loadLocal(TypeKind.from(erased.parameterType(i)), code.parameterSlot(i));
            Conversion.convert(code, erased.parameterType(i), known.parameterType(i));
            Conversion.convert(code, known.parameterType(i), taken.get(heldCount + i));
        }
        invoke(code);
        ClassDesc given = constructs ? called.owner() : called.invocationType().returnType();
        if (erased.returnType().equals(ConstantDescs.CD_void)) {
            Conversion.drop(code, given);
        } else {
            Conversion.convert(code, given, known.returnType());
            Conversion.convert(code, known.returnType(), erased.returnType());
        }
        code.return_(TypeKind.from(erased.returnType()));
    }

    /** What is called takes, the object on which it is called first. */
    private List<ClassDesc> taken() {
        List<ClassDesc> taken = new ArrayList<>();
        MethodTypeDesc type = MethodTypeDesc.ofDescriptor(called.lookupDescriptor());
        if (called.kind() == DirectMethodHandleDesc.Kind.VIRTUAL
                || called.kind() == DirectMethodHandleDesc.Kind.INTERFACE_VIRTUAL) {
            taken.add(called.owner());
        }
        taken.addAll(type.parameterList());
        return taken;
    }

    private void invoke(CodeBuilder code) {
        MethodTypeDesc type = MethodTypeDesc.ofDescriptor(called.lookupDescriptor());
        switch (called.kind()) {
            case STATIC, INTERFACE_STATIC ->
                code.invokestatic(called.owner(), called.methodName(), type, called.isOwnerInterface());
            case INTERFACE_VIRTUAL -> code.invokeinterface(called.owner(), called.methodName(), type);
            case CONSTRUCTOR -> code.invokespecial(called.owner(), ConstantDescs.INIT_NAME, type);
            default -> code.invokevirtual(called.owner(), called.methodName(), type);
        }
    }
}
