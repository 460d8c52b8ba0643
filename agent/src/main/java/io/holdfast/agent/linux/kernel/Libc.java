package io.holdfast.agent.linux.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * The calls of the C library that Java has no other way to. Each throws what errno says. Buffers
 * are direct; a call reads or fills them from their position to their limit.
 */
@SuppressWarnings("restricted")
final class Libc {
  static final int EINTR = 4;
  static final int EAGAIN = 11;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET =
      call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      call("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      call(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SEND =
      call("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECV =
      call("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle POLL =
      call("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle OPEN =
      call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle SETNS =
      call("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private Libc() {}

  private static MethodHandle call(String name, FunctionDescriptor shape) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), shape, Linker.Option.captureCallState("errno"));
  }

  static int socket(int domain, int type, int protocol) throws KernelException {
    return run("socket", s -> (int) SOCKET.invokeExact(s, domain, type, protocol));
  }

  static void bind(int fd, ByteBuffer address) throws KernelException {
    MemorySegment at = MemorySegment.ofBuffer(address);
    int length = address.remaining();
    run("bind", s -> (int) BIND.invokeExact(s, fd, at, length));
  }

  static void setOption(int fd, int level, int option, ByteBuffer value) throws KernelException {
    MemorySegment at = MemorySegment.ofBuffer(value);
    int length = value.remaining();
    run("setsockopt", s -> (int) SETSOCKOPT.invokeExact(s, fd, level, option, at, length));
  }

  static void send(int fd, ByteBuffer message) throws KernelException {
    MemorySegment at = MemorySegment.ofBuffer(message);
    long length = message.remaining();
    run("send", s -> (int) (long) SEND.invokeExact(s, fd, at, length, 0));
  }

  /** Fills the buffer from its position on and returns how many bytes came. */
  static int receive(int fd, ByteBuffer into) throws KernelException {
    MemorySegment at = MemorySegment.ofBuffer(into);
    long length = into.remaining();
    return run("recv", s -> (int) (long) RECV.invokeExact(s, fd, at, length, 0));
  }

  /**
   * Waits for something to read.
   *
   * @param timeoutMs milliseconds
   */
  static boolean readable(int fd, int timeoutMs) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment entry = arena.allocate(8, 4);
      entry.set(JAVA_INT, 0, fd);
      entry.set(JAVA_INT, 4, 1); // POLLIN
      return run("poll", s -> (int) POLL.invokeExact(s, entry, 1L, timeoutMs)) > 0;
    }
  }

  static int openReadOnly(String path) throws KernelException {
    int closeOnExec = 0x80000;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      return run("open " + path, s -> (int) OPEN.invokeExact(s, name, closeOnExec));
    }
  }

  static void close(int fd) throws KernelException {
    run("close", s -> (int) CLOSE.invokeExact(s, fd));
  }

  /** Moves the calling thread, and it alone, into the network namespace. */
  static void setNetworkNamespace(int fd) throws KernelException {
    int network = 0x40000000; // CLONE_NEWNET
    run("setns", s -> (int) SETNS.invokeExact(s, fd, network));
  }

  static String strerror(int errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
      return text.reinterpret(200).getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException("strerror", e);
    }
  }

  private interface Call {
    int invoke(MemorySegment state) throws Throwable;
  }

  private static int run(String what, Call call) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      while (true) {
        int result = call.invoke(state);
        if (result >= 0) {
          return result;
        }
        int errno = (int) ERRNO.get(state, 0L);
        if (errno != EINTR) {
          throw new KernelException(what, errno, "");
        }
      }
    } catch (KernelException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(what, e);
    }
  }
}
