# Holdfast's verbs as an image: docker build -t holdfast:local .
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true -pl cli -am package \
 && mkdir /lib-holdfast && cp cli/target/lib/*.jar cli/target/holdfast-cli-*.jar /lib-holdfast/

FROM eclipse-temurin:25-jre
COPY --from=build /lib-holdfast /opt/holdfast/lib
COPY deploy/healthy /opt/holdfast/healthy
RUN useradd --system --home-dir /var/lib/holdfast --create-home holdfast
USER holdfast
WORKDIR /var/lib/holdfast
VOLUME /var/lib/holdfast
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "--enable-native-access=ALL-UNNAMED", \
  "--sun-misc-unsafe-memory-access=allow", "-cp", "/opt/holdfast/lib/*", "io.holdfast.cli.Main"]
CMD ["--help"]
