package dev.entrepot.formats.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of huggingface/safetensors, each broken once. Files that its own writer made are read in TorchFileTest. */
class SafetensorsTest {

    @Test
    void tensors_are_slices_of_the_file() {
        Safetensors file = Safetensors.read(file(
                "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"I8\",\"shape\":[],\"data_offsets\":[8,9]}}   ",
                9));

        assertThat(file.metadata()).containsEntry("format", "pt");
        assertThat(file.tensors().get("a")).hasToString("float32[2]");
        assertThat(file.tensors().values())
                .last()
                .satisfies(b -> assertThat(b.toLongs()).containsExactly(8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}|12|starts at byte 4",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}|9|take 8 bytes, but 9 bytes follow",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}|7|take 8 bytes, but 7 bytes follow",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,7]}}|7|takes 64 bits, but has 7 bytes",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}|8|lies at bytes 8 to 0",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}|8|has the size -2",
                "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}}|8|64 bits count",
                "{'a':{'dtype':'F99','shape':[2],'data_offsets':[0,8]}}|8|element type F99",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}}|8|has 1 data offsets",
                "{'a':{'shape':[2],'data_offsets':[0,8]}}|8|has no member \"dtype\"",
                "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[2],'data_offsets':[1,3]}}|3|starts at byte 1",
                "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'a':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}}|2|appears twice",
                "{'__metadata__':{'a':1}}|0|should be a text",
                "[]|0|does not start with {",
            })
    void broken_rules_are_told(String header, int dataLength, String message) {
        assertThatThrownBy(() -> Safetensors.read(file(header.replace('\'', '"'), dataLength)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_header_longer_than_the_file_is_refused() {
        byte[] bytes = {0, 0, 0, 0, 0, 0, 0, 0x10, '{', '}'};

        assertThatThrownBy(() -> Safetensors.read(ByteSource.of("test.safetensors", bytes)))
                .hasMessageContaining("header: should have 1152921504606846976 bytes");
        assertThat(Safetensors.recognises(ByteSource.of("test.safetensors", bytes)))
                .isFalse();
    }

    private static ByteSource file(String header, int dataLength) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + dataLength).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        for (int i = 0; i < dataLength; i++) {
            file.put((byte) i);
        }
        return ByteSource.of("test.safetensors", file.array());
    }
}
