# syntax=docker/dockerfile:1

# The small plotly.js bundle, of the version in the lock file.
FROM node:22-slim AS front-end
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci

# The virtual environment, at the path where it will serve.
FROM python:3.11-slim AS packages
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv .venv \
    && .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-cache-dir -r requirements.txt

FROM python:3.11-slim
ENV HOST=0.0.0.0 \
    PORT=8050 \
    PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /app
# The folder is for imported releases: a volume takes over whose it is.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin impactmonitor \
    && install --directory --owner=10001 /var/lib/impactmonitor
COPY --from=packages /app/.venv .venv
COPY --from=front-end /app/node_modules/plotly.js-basic-dist-min node_modules/plotly.js-basic-dist-min
COPY . .
RUN python -m compileall -q -x '/(\.venv|node_modules)/' . \
    && python -c 'import app; from server import front_end; front_end.prepare()'
USER 10001
EXPOSE 8050
# The proxy settings of the container must not catch this request: it goes to the container itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.build_opener(u.ProxyHandler({})).open('http://127.0.0.1:' + (os.environ.get('PORT') or '8050') + '/healthz', timeout=4)"]
CMD ["python", "start.py"]
