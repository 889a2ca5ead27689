# The program in a container, from a clone:
#
#   docker build -t dsgd .
#   docker run --rm -v "$PWD:/work" dsgd sweep -m 1:20 -o results.csv
#   docker save dsgd -o dsgd.tar && apptainer build dsgd.sif docker-archive:dsgd.tar      for a cluster

FROM debian:12 AS build
# Names the commit for dsgd --version.
RUN apt-get update && apt-get install -y --no-install-recommends git
COPY . /src
WORKDIR /src
RUN scripts/install_packages --for package
RUN scripts/package /packages

FROM debian:12-slim
COPY --from=build /packages/*.deb /packages/
RUN apt-get update \
 && apt-get install -y --no-install-recommends /packages/*.deb python3-matplotlib python3-jinja2 openmpi-bin \
 && rm -rf /packages /var/lib/apt/lists/*
WORKDIR /work
ENTRYPOINT ["dsgd"]
CMD ["--help"]
