package io.holdfast.embedded;

import java.io.IOException;

/**
 * Runs another class's main for as long as our parent lives. Standard input is a pipe that the
 * parent holds open: when the parent dies, however it dies, the kernel closes it, and we stop at
 * once.
 *
 * <p>Usage: {@code TetheredMain <class> [argument...]}. A byte on standard input asks for an
 * orderly exit.
 */
final class TetheredMain {
  private TetheredMain() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    Thread.ofPlatform().daemon().name("tether").start(TetheredMain::holdOn);
    String[] rest = new String[args.length - 1];
    System.arraycopy(args, 1, rest, 0, rest.length);
    Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
  }

  private static void holdOn() {
    try {
      if (System.in.read() >= 0) {
        System.exit(0);
      }
    } catch (IOException e) {
      // A broken pipe says the same as a closed one.
    }
    Runtime.getRuntime().halt(1);
  }
}
