package dev.axiom.core.format;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CommentEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Finds what a document loses when Axiom writes it anew. */
public final class Comments {
    private Comments() {}

    /** Whether a YAML text has a comment; what is no YAML has none. */
    public static boolean in(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setProcessComments(true);
        try {
            ParserImpl events = new ParserImpl(new StreamReader(text), options);
            while (!events.checkEvent(Event.ID.StreamEnd)) {
                if (events.getEvent() instanceof CommentEvent comment
                        && comment.getCommentType() != CommentType.BLANK_LINE) {
                    return true;
                }
            }
            return false;
        } catch (YAMLException none) {
            return false;
        }
    }
}
