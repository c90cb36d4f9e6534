package io.tollgate.core.learn;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What has been learned, in a file that is written anew and then put in place, so that a kill leaves the old one. Losing
 * it costs nothing but learning again. Blocks.
 */
public final class LearnedFile {
    private static final int MAGIC = 0x54674C71;
    private static final int VERSION = 2;
    private static final int WITHOUT_FACTORS = 1;
    private static final int MOST_WEIGHTS = 4_096;

    private final Path path;

    /** At this path. */
    public LearnedFile(Path path) {
        this.path = path;
    }

    /** As {@link #read(List, BiConsumer)}, without factors. */
    public boolean read(List<LearnedQuantiles> into) throws IOException {
        return read(into, (group, factor) -> {});
    }

    /**
     * Puts what was kept into these, which are the ones it was {@link #write}n from, in that order.
     *
     * @param factors takes the factor of each group; files of the first version have none
     * @return whether there was something to read
     * @throws IOException when the file cannot be read or is of another kind; nothing has been learned from it then
     */
    public boolean read(List<LearnedQuantiles> into, BiConsumer<Group, Double> factors) throws IOException {
        if (Files.notExists(path)) {
            return false;
        }
        List<List<LearnedQuantiles.Kept>> all = new ArrayList<>();
        Map<Group, Double> kept = new HashMap<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            boolean known = in.readInt() == MAGIC;
            int version = in.readInt();
            known &= version == VERSION || version == WITHOUT_FACTORS;
            if (!known || in.readInt() != into.size()) {
                throw new IOException(path + " is not a file of learned quantiles of version " + VERSION);
            }
            for (int i = 0; i < into.size(); i++) {
                all.add(readGroups(in));
            }
            if (version != WITHOUT_FACTORS) {
                readFactors(in, kept);
            }
        }
        for (int i = 0; i < into.size(); i++) {
            all.get(i).forEach(into.get(i)::remember);
        }
        kept.forEach(factors);
        return true;
    }

    private void readFactors(DataInputStream in, Map<Group, Double> into) throws IOException {
        int count = readCount(in);
        for (int i = 0; i < count; i++) {
            into.put(new Group(in.readUTF(), in.readUTF(), in.readUTF()), in.readDouble());
        }
    }

    private int readCount(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > LearnedQuantiles.MOST_GROUPS) {
            throw new IOException(
                    path + " says it holds " + count + " groups; expected at most " + LearnedQuantiles.MOST_GROUPS);
        }
        return count;
    }

    private List<LearnedQuantiles.Kept> readGroups(DataInputStream in) throws IOException {
        int count = readCount(in);
        List<LearnedQuantiles.Kept> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Group group = new Group(in.readUTF(), in.readUTF(), in.readUTF());
            long samples = in.readLong();
            int length = in.readUnsignedShort();
            if (length > MOST_WEIGHTS) {
                throw new IOException(
                        path + " holds a group of " + length + " weights; expected at most " + MOST_WEIGHTS);
            }
            float[] weights = new float[length];
            for (int w = 0; w < length; w++) {
                weights[w] = in.readFloat();
            }
            groups.add(new LearnedQuantiles.Kept(group, samples, weights));
        }
        return groups;
    }

    /** Replaces the file, without factors. */
    public void write(List<LearnedQuantiles> from) throws IOException {
        write(from, Map.of());
    }

    /** Replaces the file; factors are one for a group. */
    public void write(List<LearnedQuantiles> from, Map<Group, Double> factors) throws IOException {
        Path draft =
                Files.createTempFile(path.toAbsolutePath().getParent(), path.getFileName() + ".", ".new", onlyOwner());
        try {
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)))) {
                out.writeInt(MAGIC);
                out.writeInt(VERSION);
                out.writeInt(from.size());
                for (LearnedQuantiles quantiles : from) {
                    writeGroups(quantiles.keep(), out);
                }
                writeFactors(List.copyOf(factors.entrySet()), out);
            }
            Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static FileAttribute<?>[] onlyOwner() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void writeFactors(List<Map.Entry<Group, Double>> factors, DataOutputStream out) throws IOException {
        int count = Math.min(factors.size(), LearnedQuantiles.MOST_GROUPS);
        out.writeInt(count);
        for (Map.Entry<Group, Double> factor : factors.subList(0, count)) {
            write(factor.getKey(), out);
            out.writeDouble(factor.getValue());
        }
    }

    private static void write(Group group, DataOutputStream out) throws IOException {
        out.writeUTF(group.key());
        out.writeUTF(group.model());
        out.writeUTF(group.task());
    }

    private static void writeGroups(List<LearnedQuantiles.Kept> groups, DataOutputStream out) throws IOException {
        int count = Math.min(groups.size(), LearnedQuantiles.MOST_GROUPS);
        out.writeInt(count);
        for (LearnedQuantiles.Kept kept : groups.subList(0, count)) {
            write(kept.group(), out);
            out.writeLong(kept.samples());
            out.writeShort(kept.weights().length);
            for (float weight : kept.weights()) {
                out.writeFloat(weight);
            }
        }
    }
}
