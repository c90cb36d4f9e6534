package io.tollgate.server.warmup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Takes the native libraries out of their jars, once. Otherwise each start would: SQLite's and Netty's loaders write a
 * copy below the temporary folder and compare it byte by byte, which takes a tenth of a start. They look in the folders
 * named by {@code org.sqlite.lib.path} and {@code java.library.path} first, which the launcher sets.
 */
final class NativeLibraries {
    private static final String NETTY = "/META-INF/native/libnetty_transport_native_epoll_";

    private NativeLibraries() {}

    /** Writes those that are in the jars for this machine into the folder, which is made. */
    static void unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        String sqlite = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        for (String resource : List.of(sqlite, NETTY + "x86_64.so", NETTY + "aarch_64.so")) {
            try (InputStream in = NativeLibraries.class.getResourceAsStream(resource)) {
                if (in != null) {
                    Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
                    Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
