package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.caffe.CaffeNet.Warning;
import dev.entrepot.formats.caffe.Dialect.Field;
import dev.entrepot.formats.prototxt.ProtoBytes;
import dev.entrepot.formats.prototxt.ProtoField;
import dev.entrepot.formats.prototxt.ProtoLimits;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.formats.prototxt.ProtoScalar;
import dev.entrepot.formats.prototxt.ProtoValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decodes the layer parameters of a binary net when no prototxt says their names.
 *
 * <p>Forks gave the same number to different parameters. The fork whose definitions read most of the file without a rest, and whose
 * parameters are named like the layers' types, is taken first; a field that it cannot read is read by the next best.
 */
final class ForkFields {

    private static final int NAMED_LIKE_ITS_LAYER = 4;
    private static final int READ_WITHOUT_REST = 2;

    private final List<Dialect> ranked;
    private final List<Warning> warnings;

    private ForkFields(ProtoMessage net, List<Warning> warnings) {
        this.warnings = warnings;
        Map<Dialect, Long> votes =
                Dialect.ALL.stream().collect(Collectors.toMap(Function.identity(), dialect -> votes(dialect, net)));
        Comparator<Dialect> byVotes = Comparator.comparing(votes::get);
        this.ranked = Dialect.ALL.stream().sorted(byVotes.reversed()).toList();
    }

    /** The net with its layers' parameters by name; what no fork can read is left out with a warning. */
    static ProtoMessage decode(ProtoMessage net, List<Warning> warnings) {
        var forks = new ForkFields(net, warnings);
        var fields = new ArrayList<ProtoField>();
        for (ProtoField field : net.fields()) {
            fields.add(
                    field.value() instanceof ProtoMessage layer && isLayer(field)
                            ? new ProtoField(field.name(), forks.layer(layer, messageType(field)), field.location())
                            : field);
        }
        if (!forks.ranked.get(0).equals(Dialect.BVLC)) {
            warnings.add(new Warning(
                    net.location(),
                    "layer parameters are read with the field numbers of "
                            + forks.ranked.get(0).origin()));
        }
        return new ProtoMessage(net.location(), fields);
    }

    private ProtoMessage layer(ProtoMessage layer, String messageType) {
        var fields = new ArrayList<ProtoField>();
        for (ProtoField field : layer.fields()) {
            if (field.name().startsWith("#")) {
                param(field, layer, messageType).ifPresent(fields::add);
            } else if (field.name().equals("type")) {
                fields.add(type(field));
            } else {
                fields.add(field);
            }
        }
        return new ProtoMessage(layer.location(), fields);
    }

    /** A type's number that only a fork's enum has, as that fork's name. */
    private ProtoField type(ProtoField field) {
        if (field.value() instanceof ProtoScalar scalar && scalar.kind() == ProtoScalar.Kind.NUMBER) {
            long number = scalar.text().matches("[0-9]{1,9}") ? Long.parseLong(scalar.text()) : -1;
            return ranked.stream()
                    .flatMap(dialect -> dialect.constant("V1LayerParameter.LayerType", number).stream())
                    .findFirst()
                    .map(name -> new ProtoField(field.name(), ProtoScalar.identifier(name), field.location()))
                    .orElse(field);
        }
        return field;
    }

    private Optional<ProtoField> param(ProtoField field, ProtoMessage layer, String messageType) {
        int number = number(field);
        Optional<ProtoField> lenient = Optional.empty();
        for (Dialect dialect : ranked) {
            Optional<Field> known = dialect.field(messageType, number);
            if (known.isPresent()) {
                Decoded decoded = decode(dialect, known.get(), field.value());
                Optional<ProtoField> named =
                        decoded.value().map(value -> new ProtoField(known.get().name(), value, field.location()));
                if (named.isPresent() && decoded.rest() == 0) {
                    return named;
                }
                lenient = lenient.or(() -> named);
            }
        }
        if (lenient.isEmpty()) {
            warnings.add(new Warning(
                    field.location(),
                    "layer \"" + layer.stringOr("name", "") + "\" (" + layer.textOr("type", "") + "): the field "
                            + number + " is in no known fork's definition and is left out"));
        }
        return lenient;
    }

    private static long votes(Dialect dialect, ProtoMessage net) {
        long votes = 0;
        for (ProtoField field : net.fields()) {
            if (field.value() instanceof ProtoMessage layer && isLayer(field)) {
                votes += votes(dialect, layer, messageType(field));
            }
        }
        return votes;
    }

    private static long votes(Dialect dialect, ProtoMessage layer, String messageType) {
        String type = fold(layer.textOr("type", ""));
        long votes = 0;
        for (ProtoField field : layer.fields()) {
            if (field.name().startsWith("#")) {
                Optional<Field> known = dialect.field(messageType, number(field));
                if (known.isPresent()) {
                    votes += isNamedLike(known.get(), type) ? NAMED_LIKE_ITS_LAYER : 0;
                    Decoded decoded = decode(dialect, known.get(), field.value());
                    votes += decoded.value().isPresent() && decoded.rest() == 0 ? READ_WITHOUT_REST : 0;
                }
            }
        }
        return votes;
    }

    private static boolean isNamedLike(Field field, String type) {
        String param = fold(field.name().replaceFirst("_param$", ""));
        return !type.isEmpty() && (type.contains(param) || param.contains(type));
    }

    private static String fold(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** A decoded value, or none where it cannot be of the field's type, and how many of its fields the fork does not know. */
    private record Decoded(Optional<ProtoValue> value, int rest) {

        static final Decoded NOTHING = new Decoded(Optional.empty(), 0);
    }

    private static Decoded decode(Dialect dialect, Field field, ProtoValue value) {
        if (value instanceof ProtoBytes bytes && dialect.isMessage(field.type())) {
            return message(dialect, field, bytes.source());
        }
        if (value instanceof ProtoBytes bytes && field.type().equals("string")) {
            return new Decoded(Optional.of(BinaryDecoder.text(bytes.source(), ProtoLimits.STANDARD)), 0);
        }
        if (value instanceof ProtoScalar scalar && !dialect.isMessage(field.type())) {
            return new Decoded(Optional.of(scalar(dialect, field, scalar)), 0);
        }
        return Decoded.NOTHING;
    }

    private static Decoded message(Dialect dialect, Field field, ByteSource bytes) {
        try {
            var decoder = new BinaryDecoder(dialect, ProtoLimits.STANDARD);
            ProtoMessage message = decoder.decode(field.type(), bytes);
            return new Decoded(Optional.of(message), decoder.unknown());
        } catch (ModelException e) {
            return Decoded.NOTHING;
        }
    }

    private static ProtoScalar scalar(Dialect dialect, Field field, ProtoScalar number) {
        if (!dialect.isEnum(field.type()) || !number.text().matches("-?[0-9]{1,18}")) {
            return number;
        }
        return dialect.constant(field.type(), Long.parseLong(number.text()))
                .map(ProtoScalar::identifier)
                .orElse(number);
    }

    private static int number(ProtoField field) {
        return Integer.parseInt(field.name().substring(1));
    }

    private static boolean isLayer(ProtoField field) {
        return field.name().equals("layer") || field.name().equals("layers");
    }

    private static String messageType(ProtoField field) {
        return field.name().equals("layer") ? "LayerParameter" : "V1LayerParameter";
    }
}
