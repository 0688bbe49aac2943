# `carrot serve`: the collector and its dashboard, with traces in /data.
#
#   docker build -t carrot-trace .
#   docker run -e CARROT_PASSWORD=… -p 127.0.0.1:8787:8787 -v carrot:/data carrot-trace

FROM node:24-slim AS build
WORKDIR /source
COPY . .
RUN npm install --global npm@11 && npm ci && npm run build

FROM node:24-slim
COPY --from=build /source/dist/command /carrot/command
COPY --from=build /source/dist/public /carrot/public
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8787
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:8787/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/carrot/command/carrot.js"]
CMD ["serve", "--host", "0.0.0.0", "--folder", "/data"]
