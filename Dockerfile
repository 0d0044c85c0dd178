# Builds nguon and leaves the binary, a directory for the registry, and a user who owns nothing else.
#
#   docker build -t nguon .
#   docker run --rm -p 127.0.0.1:8080:8080 nguon demo --base-url http://localhost:8080

ARG RUST_VERSION=1.95.0

FROM rust:${RUST_VERSION}-slim-bookworm AS build
ARG RUST_VERSION
# The image's own toolchain: nothing beside it is fetched but the target of the widget.
ENV RUSTUP_TOOLCHAIN=${RUST_VERSION}
RUN rustup target add wasm32-unknown-unknown
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked -p nguon \
    && install -D -m 0755 target/release/nguon /out/usr/local/bin/nguon \
    && install -d -o 10001 -g 10001 -m 0750 /out/data

FROM debian:bookworm-slim
COPY --from=build /out/ /
USER 10001:10001
WORKDIR /data
VOLUME /data
# Large imports pass through an unnamed temporary file; the operators' listener stays on loopback, inside.
ENV TMPDIR=/data \
    NGUON_LISTEN=0.0.0.0:8080
EXPOSE 8080
STOPSIGNAL SIGTERM
# Asks itself: 0 for any verdict, 1 when it could not look.
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s CMD ["nguon", "lookup", "09520000010010"]
ENTRYPOINT ["nguon"]
CMD ["serve", "--store", "embedded:/data/registry.redb"]
