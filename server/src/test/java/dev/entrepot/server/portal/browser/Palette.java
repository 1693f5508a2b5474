package dev.entrepot.server.portal.browser;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Pictures of few colours, as pages are: the 256 most frequent ones are kept, every other becomes the nearest of them. */
final class Palette {

    private static final int SIZE = 256;

    private Palette() {}

    /** The same picture as a PNG with a palette. */
    static byte[] reduced(byte[] png) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel & 0xffffff, 1, Integer::sum);
        }
        List<Integer> colours = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SIZE)
                .map(Map.Entry::getKey)
                .toList();
        int[] table = colours.stream().mapToInt(Integer::intValue).toArray();
        IndexColorModel palette = new IndexColorModel(8, table.length, table, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage reduced =
                new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, palette);
        Map<Integer, Integer> nearest = new HashMap<>();
        int[] indices = new int[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            indices[i] = nearest.computeIfAbsent(pixels[i] & 0xffffff, colour -> nearest(colour, table));
        }
        reduced.getRaster().setPixels(0, 0, picture.getWidth(), picture.getHeight(), indices);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(reduced, "png", out);
        return out.toByteArray();
    }

    private static int nearest(int colour, int[] table) {
        int best = 0;
        for (int i = 1; i < table.length; i++) {
            if (distance(colour, table[i]) < distance(colour, table[best])) {
                best = i;
            }
        }
        return best;
    }

    private static int distance(int one, int other) {
        int red = (one >> 16) - (other >> 16);
        int green = (one >> 8 & 0xff) - (other >> 8 & 0xff);
        int blue = (one & 0xff) - (other & 0xff);
        return red * red + green * green + blue * blue;
    }
}
