# Undercroft with the five example applications: the program with its own Java runtime on a slim
# Debian. Build: docker build -t undercroft .    Run: see compose.yaml.

FROM maven:3.9-eclipse-temurin-25 AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# The server that lends the applications their typed classes does not run as root.
RUN useradd --system --create-home --shell /usr/sbin/nologin undercroft
WORKDIR /source
COPY . .
RUN workshop/dist --examples \
  && mkdir /undercroft \
  && tar -C /undercroft --strip-components=1 -xzf dist/undercroft-*.tar.gz

FROM debian:12-slim
LABEL org.opencontainers.image.title="Undercroft" \
  org.opencontainers.image.description="The database layer under your application, ready to run." \
  org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --system --gid 10001 undercroft \
  && useradd --system --uid 10001 --gid undercroft --home-dir /var/lib/undercroft \
    --shell /usr/sbin/nologin undercroft \
  && install -d -o undercroft -g undercroft -m 0700 \
    /var/lib/undercroft /var/lib/undercroft/state /var/lib/undercroft/cache
COPY --from=build --chown=root:root /undercroft /opt/undercroft
# Data, secrets, logs and the unpacked server are on the volume; nothing else need be writable.
RUN ln -s /opt/undercroft/bin/undercroft /usr/local/bin/undercroft \
  && ln -s /var/lib/undercroft/state /opt/undercroft/.undercroft
USER undercroft
WORKDIR /opt/undercroft
ENV UNDERCROFT_CACHE=/var/lib/undercroft/cache \
  UNDERCROFT_SERVER_HOST=0.0.0.0
VOLUME ["/var/lib/undercroft"]
EXPOSE 8000
# Healthy when it serves and every database answers; exit code 3 says no.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["undercroft", "status", "--quiet"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["undercroft"]
CMD ["up"]
