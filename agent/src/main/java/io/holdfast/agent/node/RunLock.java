package io.holdfast.agent.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One agent per node: a second one beside a stopped first would renew the leases under which the
 * first, when it goes on, does what was right long ago. The kernel lets go of the lock when the
 * process is gone, however it went.
 */
final class RunLock implements AutoCloseable {
  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws IOException if another process has it, or the folder cannot be written
   */
  static RunLock take(Path folder, String node) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("agent-" + node + ".lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      ByteBuffer text = ByteBuffer.allocate(32);
      channel.read(text, 0);
      channel.close();
      String pid = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
      throw new IOException(
          "an agent of node " + node + " runs already, process " + pid + " (" + file + ")");
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)),
        0);
    return new RunLock(channel);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("a lock file cannot be closed", e);
    }
  }
}
