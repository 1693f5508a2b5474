package dev.entrepot.server.images;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Decodes images; their size is looked at before their pixels are. */
final class Decoder {

    /** 32 million pixels take 128 MB as Java decodes them. */
    private static final long MOST_PIXELS = 32_000_000;

    private Decoder() {}

    /** JPEG or PNG as BGR, 0 to 255; what is transparent is white. */
    static Raster decode(byte[] bytes) {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw bad("is neither JPEG nor PNG");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw bad("has " + pixels + " pixels, the limit is " + MOST_PIXELS);
                }
                return raster(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw bad("cannot be decoded: " + e.getMessage());
        }
    }

    private static Raster raster(BufferedImage image) {
        return Raster.of(image.getHeight(), image.getWidth(), 3, (row, column, channel) -> {
            int argb = image.getRGB(column, row);
            int alpha = argb >>> 24;
            int value = argb >> 8 * channel & 0xff;
            return (value * alpha + 255 * (255 - alpha)) / 255f;
        });
    }

    private static ProblemException bad(String what) {
        return new ProblemException(Kind.BAD_REQUEST, "the image " + what);
    }
}
