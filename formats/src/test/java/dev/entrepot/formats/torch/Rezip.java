package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.zip.ZipArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Damages one entry of an archive and writes right checksums, so that what lies behind them is tried. */
final class Rezip {

    private Rezip() {}

    static byte[] damaged(byte[] archive, Random random) throws IOException {
        List<String> names = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        for (var entry : ZipArchive.open(ByteSource.of("sound", archive)).entries()) {
            names.add(entry.name());
            contents.add(entry.data().readAll(1 << 20));
        }
        List<Integer> likely = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).endsWith(".pkl") || names.get(i).endsWith(".json")) {
                likely.add(i);
            }
        }
        int chosen = likely.isEmpty() || random.nextInt(4) == 0
                ? random.nextInt(names.size())
                : likely.get(random.nextInt(likely.size()));
        contents.set(chosen, MutationTest.damage(contents.get(chosen), random));
        var out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < names.size(); i++) {
                zip.putNextEntry(new ZipEntry(names.get(i)));
                zip.write(contents.get(i));
            }
        }
        return out.toByteArray();
    }
}
