package io.holdfast.projector.project;

import io.holdfast.projector.support.Parts;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** On the broker and the database of {@code holdfast up}. */
class ProjectionIT extends ProjectionContract {
  @TempDir static Path dir;

  @Override
  Parts parts() {
    return new Parts(dir);
  }
}
