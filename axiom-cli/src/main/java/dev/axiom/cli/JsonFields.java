package dev.axiom.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What documents are made of again and again. All of it throws as {@link JsonGenerator} does. */
public final class JsonFields {
    private JsonFields() {}

    /**
     * Writes the fields of one thing.
     *
     * @param <T> the thing
     */
    public interface Fields<T> {
        void write(T thing) throws IOException;
    }

    /** A field with a list of texts, inside an object. */
    public static void texts(JsonGenerator json, String field, Collection<?> values) throws IOException {
        json.writeFieldName(field);
        texts(json, values);
    }

    /** A list of texts. */
    public static void texts(JsonGenerator json, Collection<?> values) throws IOException {
        json.writeStartArray();
        for (Object value : values) {
            json.writeString(value.toString());
        }
        json.writeEndArray();
    }

    /** A field with a list of objects, inside an object. */
    public static <T> void objects(JsonGenerator json, String field, Collection<T> things, Fields<T> fields)
            throws IOException {
        json.writeFieldName(field);
        objects(json, things, fields);
    }

    /** A list of objects. */
    public static <T> void objects(JsonGenerator json, Collection<T> things, Fields<T> fields) throws IOException {
        json.writeStartArray();
        for (T thing : things) {
            json.writeStartObject();
            fields.write(thing);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A field with a number, or null where there is none. */
    public static void number(JsonGenerator json, String field, @Nullable Integer number) throws IOException {
        json.writeFieldName(field);
        if (number == null) {
            json.writeNull();
        } else {
            json.writeNumber(number);
        }
    }

    /** A field with a text, or null where the text is empty because nobody stated it. */
    public static void stated(JsonGenerator json, String field, String text) throws IOException {
        json.writeStringField(field, text.isEmpty() ? null : text);
    }
}
