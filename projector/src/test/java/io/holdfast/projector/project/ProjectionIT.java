package io.holdfast.projector.project;

import io.holdfast.projector.support.Parts;
import io.holdfast.projector.support.SharedParts;
import org.junit.jupiter.api.extension.ExtendWith;

/** On the broker and the database of {@code holdfast up}. */
@ExtendWith(SharedParts.class)
class ProjectionIT extends ProjectionContract {
  ProjectionIT(Parts parts) {
    super(parts);
  }
}
