package dev.entrepot.server.inference;

/** Encoded images, told by how they begin. */
final class Images {

    private Images() {}

    /** Whether this is a JPEG or PNG file. */
    static boolean isEncoded(byte[] bytes) {
        return startsWith(bytes, 0xff, 0xd8, 0xff) || startsWith(bytes, 0x89, 'P', 'N', 'G', '\r', '\n');
    }

    private static boolean startsWith(byte[] bytes, int... beginning) {
        if (bytes.length < beginning.length) {
            return false;
        }
        for (int i = 0; i < beginning.length; i++) {
            if ((bytes[i] & 0xff) != beginning[i]) {
                return false;
            }
        }
        return true;
    }
}
