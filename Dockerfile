# syntax=docker/dockerfile:1
# Greenroom: the commands, Prefect's server and worker, and every program that they start, by the lock of this project.
# Left alone, a container of it is a worker. docs/deploying.md says how the other parts are started.

FROM python:3.11.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/greenroom/.venv
ENV PATH=/opt/greenroom/.venv/bin:$PATH
WORKDIR /build
COPY requirements-runtime.lock ./
RUN pip install --no-deps --require-hashes --only-binary :all: --requirement requirements-runtime.lock
COPY . .
RUN pip install --no-deps --no-build-isolation .

FROM python:3.11.13-slim-bookworm
RUN groupadd --gid 10001 greenroom \
    && useradd --uid 10001 --gid greenroom --home-dir /var/lib/greenroom --shell /usr/sbin/nologin greenroom \
    && install --directory --owner=greenroom --group=greenroom --mode=0700 /var/lib/greenroom /var/lib/store
COPY --from=build /opt/greenroom/.venv /opt/greenroom/.venv
WORKDIR /opt/greenroom
COPY flows flows
COPY examples/autonomica examples/autonomica
COPY docker docker
COPY prefect.yaml ./
ENV PATH=/opt/greenroom/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    GREENROOM_HOME=/var/lib/greenroom/home \
    PREFECT_HOME=/var/lib/greenroom/prefect \
    PREFECT_SERVER_UI_STATIC_DIRECTORY=/var/lib/greenroom/prefect/page \
    PREFECT_SERVER_ANALYTICS_ENABLED=false \
    DO_NOT_TRACK=1
USER 10001:10001
VOLUME /var/lib/greenroom
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "docker/healthy.py", "http://127.0.0.1:8080/health"]
CMD ["prefect", "worker", "start", "--pool", "staging", "--type", "process", "--with-healthcheck"]
