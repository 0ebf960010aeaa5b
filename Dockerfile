# syntax=docker/dockerfile:1
# Première étape : fabriquer. npm et les outils de développement n'en sortent pas.
FROM node:26-slim AS build
WORKDIR /source
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node tools/image.ts /app
# Démarrer une fois remplit le cache de compilation, que Node range par utilisateur : celui qui tournera. La racine est
# en lecture seule ensuite.
RUN mkdir /compile-cache && chown 10001:10001 /compile-cache
USER 10001:10001
RUN NODE_COMPILE_CACHE=/compile-cache node tools/warm.ts /app

# Seconde étape : ce qui tourne.
FROM node:26-slim
# Ni npm, ni yarn : rien ne s'installe dans un conteneur qui tourne.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn* /usr/local/bin/yarn* \
  && mkdir /data && chown 10001:10001 /data
COPY --from=build /app /app
COPY --from=build --chown=10001:10001 /compile-cache /compile-cache
WORKDIR /app
ENV NODE_ENV=production \
  NODE_COMPILE_CACHE=/compile-cache \
  DATA_DIR=/data
# Un numéro, pour que l'hébergeur puisse vérifier que ce n'est pas root.
USER 10001:10001
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.ADMIN_PORT || process.env.PORT || 3978}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
# Node lui-même reçoit les signaux : ni shell, ni npm entre les deux.
ENTRYPOINT ["node"]
CMD ["dist/bundle/main.js"]
