package io.holdfast.simulator.mutants;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.function.Predicate;

/** Loads domain and simulator anew, with one method changed (java.lang.classfile, JEP 484). */
final class MutantLoader extends ClassLoader {
  private static final ClassDesc LIST = List.class.describeConstable().orElseThrow();

  private final Mutation mutation;
  private int changed;

  MutantLoader(Mutation mutation) {
    super("mutant", MutantLoader.class.getClassLoader());
    this.mutation = mutation;
  }

  /** How many methods were changed: none means that the mutation names nothing. */
  int changed() {
    return changed;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("io.holdfast.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> found = findLoadedClass(name);
      return found != null ? found : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      if (name.equals(mutation.className())) {
        bytes = mutated(bytes);
      }
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private byte[] mutated(byte[] bytes) {
    ClassFile files = ClassFile.of();
    ClassModel model = files.parse(bytes);
    Predicate<MethodModel> meant =
        m -> m.methodName().equalsString(mutation.method()) && m.code().isPresent();
    changed += (int) model.methods().stream().filter(meant).count();
    return files.transformClass(model, ClassTransform.transformingMethods(meant, method()));
  }

  private MethodTransform method() {
    return switch (mutation.what()) {
      case NEGATED -> MethodTransform.transformingCode(MutantLoader::negate);
      case LEAVES_OUT -> MethodTransform.transformingCode(leaveOut());
      case TAKES_FOR_TRUE -> MethodTransform.transformingCode(takeFor(1));
      case TAKES_FOR_FALSE -> MethodTransform.transformingCode(takeFor(0));
      case TRUE, NOTHING, EMPTY, ITSELF, FIRST_ARGUMENT ->
          (builder, element) -> {
            if (element instanceof CodeModel code && code.parent().isPresent()) {
              MethodModel method = code.parent().get();
              builder.withCode(body -> shortCut(body, method));
            } else {
              builder.with(element);
            }
          };
    };
  }

  private static void negate(CodeBuilder code, CodeElement element) {
    if (element instanceof ReturnInstruction) {
      code.iconst_1().ixor();
    }
    code.with(element);
  }

  private CodeTransform leaveOut() {
    return (code, element) -> {
      if (element instanceof InvokeInstruction call
          && call.name().equalsString(mutation.call())
          && call.typeSymbol().returnType().descriptorString().equals("V")) {
        drop(code, call);
      } else {
        code.with(element);
      }
    };
  }

  private CodeTransform takeFor(int answer) {
    return (code, element) -> {
      code.with(element);
      if (element instanceof InvokeInstruction call
          && call.name().equalsString(mutation.call())
          && call.typeSymbol().returnType().descriptorString().equals("Z")) {
        code.pop().loadConstant(answer);
      }
    };
  }

  private static void drop(CodeBuilder code, InvokeInstruction call) {
    MethodTypeDesc type = call.typeSymbol();
    for (int i = type.parameterCount() - 1; i >= 0; i--) {
      pop(code, TypeKind.from(type.parameterType(i)));
    }
    if (call.opcode() != Opcode.INVOKESTATIC) {
      code.pop();
    }
  }

  private static void pop(CodeBuilder code, TypeKind kind) {
    if (kind.slotSize() == 2) {
      code.pop2();
    } else {
      code.pop();
    }
  }

  private void shortCut(CodeBuilder code, MethodModel method) {
    boolean isStatic = method.flags().has(AccessFlag.STATIC);
    switch (mutation.what()) {
      case TRUE -> code.iconst_1().ireturn();
      case EMPTY -> code.invokestatic(LIST, "of", MethodTypeDesc.of(LIST), true).areturn();
      case ITSELF -> code.aload(0).areturn();
      case FIRST_ARGUMENT -> code.aload(isStatic ? 0 : 1).areturn();
      case NOTHING, NEGATED, LEAVES_OUT, TAKES_FOR_TRUE, TAKES_FOR_FALSE -> {
        switch (TypeKind.from(method.methodTypeSymbol().returnType()).asLoadable()) {
          case INT -> code.iconst_0().ireturn();
          case LONG -> code.lconst_0().lreturn();
          case REFERENCE -> code.aconst_null().areturn();
          case VOID -> code.return_();
          case FLOAT, DOUBLE, BOOLEAN, BYTE, CHAR, SHORT ->
              throw new IllegalArgumentException(mutation + " returns something else");
        }
      }
    }
  }
}
