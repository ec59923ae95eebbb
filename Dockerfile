# A small image that needs no root and writes only to /data and /tmp. docs/deployment.md explains how to run it.

FROM docker.io/library/python:3.13-slim AS build
WORKDIR /srv/careerguide
COPY requirements.txt ./
RUN python -m venv .venv \
    && .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes \
        --only-binary :all: --requirement requirements.txt \
    && .venv/bin/python -m pip uninstall --quiet --yes pip
COPY manage.py pyproject.toml ./
COPY careerguide careerguide
COPY guides guides
COPY templates templates
COPY static static
COPY fixtures fixtures
RUN CAREERGUIDE_DATA=/tmp/data CAREERGUIDE_STATIC=collected .venv/bin/python manage.py collectstatic --no-input --verbosity 0 \
    && .venv/bin/python -m compileall -q careerguide guides

FROM docker.io/library/python:3.13-slim
COPY --from=build /srv/careerguide /srv/careerguide
RUN mkdir /data && chown 10001:10001 /data
WORKDIR /srv/careerguide
USER 10001:10001
ENV PATH=/srv/careerguide/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    CAREERGUIDE_DATA=/data \
    CAREERGUIDE_LISTEN=0.0.0.0 \
    CAREERGUIDE_LOG=json \
    CAREERGUIDE_STATIC=/srv/careerguide/collected
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8000, timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
CMD ["python", "-m", "careerguide"]
