import static org.bytedeco.caffe.global.caffe.*;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.caffe.FloatBlob;
import org.bytedeco.caffe.FloatLayer;
import org.bytedeco.caffe.FloatNet;
import org.bytedeco.caffe.NetParameter;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;

/**
 * Asks genuine Caffe for test fixtures. Needs org.bytedeco:caffe:1.0-1.5.8 with its natives on the class path:
 *
 * <pre>
 * java -cp ... CaffeFixtures.java upgrade OLD.prototxt UPGRADED.prototxt
 * java -cp ... CaffeFixtures.java snapshot NET.prototxt OUT.caffemodel.h5 OUT.caffemodel
 * java -cp ... CaffeFixtures.java probe TEXTS
 * </pre>
 */
public class CaffeFixtures {

    public static void main(String[] arguments) throws Exception {
        Loader.load(org.bytedeco.caffe.global.caffe.class);
        switch (arguments[0]) {
            case "upgrade" -> upgrade(arguments[1], arguments[2]);
            case "snapshot" -> snapshot(arguments[1], arguments[2], arguments[3]);
            case "probe" -> probe(Path.of(arguments[1]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void upgrade(String old, String upgraded) {
        var net = new NetParameter();
        ReadProtoFromTextFileOrDie(old, net);
        UpgradeNetAsNeeded(old, net);
        WriteProtoToTextFile(net, upgraded);
    }

    /** Saves a net whose number k of blob j of layer i is k / 4 - i - j. */
    private static void snapshot(String prototxt, String hdf5, String caffemodel) {
        var net = new FloatNet(prototxt, TEST);
        for (int i = 0; i < net.layers().size(); i++) {
            FloatLayer layer = net.layers().get(i);
            for (int j = 0; j < layer.blobs().size(); j++) {
                FloatBlob blob = layer.blobs().get(j);
                FloatPointer numbers = blob.mutable_cpu_data();
                for (int k = 0; k < blob.count(); k++) {
                    numbers.put(k, k * 0.25f - i - j);
                }
            }
        }
        net.ToHDF5(hdf5);
        var message = new NetParameter();
        net.ToProto(message);
        WriteProtoToBinaryFile(message, caffemodel);
    }

    /** Prints for each line whether it is a net in the text format, and what it is read as; \N stands for a line's end. */
    private static void probe(Path texts) throws Exception {
        Path in = Files.createTempFile("probe", ".prototxt");
        Path out = Files.createTempFile("probe", ".prototxt");
        for (String line : Files.readAllLines(texts)) {
            Files.writeString(in, line.replace("\\N", "\n"));
            var net = new NetParameter();
            boolean accepted = ReadProtoFromTextFile(in.toString(), net);
            String read = "";
            if (accepted) {
                WriteProtoToTextFile(net, out.toString());
                read = Files.readString(out).replaceAll("\\s+", " ");
            }
            System.out.println((accepted ? "yes" : "no ") + " | " + line + " | " + read);
        }
    }
}
