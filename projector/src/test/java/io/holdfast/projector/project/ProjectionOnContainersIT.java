package io.holdfast.projector.project;

import io.holdfast.projector.support.ContainerBackends;
import io.holdfast.projector.support.DockerCondition;
import io.holdfast.projector.support.Parts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** On the images of docker-compose.yml, where there is Docker. */
@ExtendWith(DockerCondition.class)
class ProjectionOnContainersIT extends ProjectionContract {
  ProjectionOnContainersIT() {
    super(new Parts(new ContainerBackends()));
  }

  @AfterAll
  void stop() {
    parts.close();
  }
}
