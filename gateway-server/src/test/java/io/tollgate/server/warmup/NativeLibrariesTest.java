package io.tollgate.server.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

class NativeLibrariesTest {
    @TempDir
    Path folder;

    @Test
    void theyAreUnpackedUnderTheNamesTheirLoadersLookFor() throws IOException {
        Path made = folder.resolve("native");
        NativeLibraries.unpack(made);
        NativeLibraries.unpack(made);
        try (Stream<Path> files = Files.list(made)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains(LibraryLoaderUtil.getNativeLibName())
                    .anyMatch(name -> name.startsWith("libnetty_transport_native_epoll_"));
        }
        try (var packed = NativeLibrariesTest.class.getResourceAsStream(
                LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName())) {
            assertThat(made.resolve(LibraryLoaderUtil.getNativeLibName())).hasBinaryContent(packed.readAllBytes());
        }
    }
}
