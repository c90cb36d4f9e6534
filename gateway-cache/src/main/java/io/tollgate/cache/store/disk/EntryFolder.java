package io.tollgate.cache.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder with the entries' files, its owner's alone. An entry is written beside its place and renamed into it: after
 * a kill it is there whole or not at all. Nothing is synced: what a power cut tears, its seal shows.
 */
final class EntryFolder implements AutoCloseable {
    private static final String PART = ".part";
    private static final Pattern OF_A_SEAL = Pattern.compile("plain|aes-[0-9a-f]{16}");
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}-[0-9a-f-]{35,49}(\\.part)?");

    private final Path root;
    private final Path entries;
    private @Nullable FileChannel lock;

    EntryFolder(Path root, String seal) {
        this.root = root;
        this.entries = root.resolve(seal);
    }

    /** Creates what is missing and keeps other gateways out. */
    void open() throws IOException {
        Files.createDirectories(entries, ownerOnly("rwx------"));
        FileChannel channel = FileChannel.open(
                root.resolve("cache.lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                ownerOnly("rw-------"));
        if (tryLock(channel) == null) {
            channel.close();
            throw new IOException("another gateway uses " + root.toAbsolutePath()
                    + " (it holds cache.lock): stop it, or give this one a cache.disk.path of its own");
        }
        lock = channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held within this very process
        }
    }

    byte[] read(DiskEntry entry) throws IOException {
        return Files.readAllBytes(path(entry));
    }

    void write(DiskEntry entry, byte[] content) throws IOException {
        Path place = path(entry);
        Path part = place.resolveSibling(place.getFileName() + PART);
        try {
            writePart(part, content);
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            deleteQuietly(part, e);
            throw e;
        }
    }

    private static void writePart(Path part, byte[] content) throws IOException {
        try {
            create(part, content);
        } catch (NoSuchFileException e) {
            Path parent = part.getParent();
            if (parent != null) {
                Files.createDirectories(parent, ownerOnly("rwx------"));
            }
            create(part, content);
        }
    }

    private static void create(Path part, byte[] content) throws IOException {
        Files.deleteIfExists(part);
        try (FileChannel channel = FileChannel.open(
                part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly("rw-------"))) {
            java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    private static void deleteQuietly(Path file, IOException because) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    void delete(DiskEntry entry) throws IOException {
        Files.deleteIfExists(path(entry));
    }

    /** All entries, oldest first. What a kill left half written, and the entries of other seals, are deleted. */
    List<DiskEntry> scan() throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : folders.toList()) {
                String name = folder.getFileName().toString();
                if (!folder.equals(entries) && OF_A_SEAL.matcher(name).matches()) {
                    visit(folder, (file, attributes) -> Files.delete(file));
                }
            }
        }
        List<Map.Entry<Long, DiskEntry>> found = new ArrayList<>();
        visit(entries, (file, attributes) -> {
            DiskEntry entry = DiskEntry.parse(file.getFileName().toString(), attributes.size());
            if (entry == null) {
                Files.delete(file);
            } else {
                found.add(Map.entry(attributes.lastModifiedTime().toMillis(), entry));
            }
        });
        found.sort(Comparator.comparingLong(Map.Entry::getKey));
        return found.stream().map(Map.Entry::getValue).toList();
    }

    private interface Visitor {
        void visit(Path file, BasicFileAttributes attributes) throws IOException;
    }

    /** Only files of ours, by their names: whoever put others into the folder keeps them. */
    private static void visit(Path folder, Visitor visitor) throws IOException {
        Files.walkFileTree(folder, Set.of(), 2, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()
                        && OURS.matcher(file.getFileName().toString()).matches()) {
                    visitor.visit(file, attributes);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private Path path(DiskEntry entry) {
        return entries.resolve(entry.fanOut()).resolve(entry.fileName());
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
