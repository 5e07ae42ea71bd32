# The program in a container, for CPUs and for NVIDIA GPUs: docs/installing.md has the commands.

# Enough for both. Another one with OpenSSL will do, such as NVIDIA's with its tools.
ARG BASE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY . .
# Beside the file in place of in it, libraries need not be unpacked at each start: any user can run it, on a read-only disk too.
RUN dotnet publish GalaxyNet.Train -p:PublishProfile=OneFile -p:IncludeNativeLibrariesForSelfExtract=false -o /published

FROM ${BASE}
COPY --from=build /published /opt/galaxynet
# The user's folders belong to whoever starts the container.
RUN ln -s /opt/galaxynet/galaxynet /usr/local/bin/galaxynet && mkdir --mode=1777 /cache /data
# Of CUDA the program needs the driver alone, which the container toolkit mounts: libcuda is part of "compute".
ENV GALAXYNET_CACHE=/cache \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
VOLUME ["/cache", "/data"]
WORKDIR /data
# The base image's own user without rights.
USER 1654
ENTRYPOINT ["galaxynet"]
