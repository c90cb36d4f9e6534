package io.tollgate.server.config.yaml;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Refuses documents nested so deeply that composing them, which recurses, would exhaust the stack. */
final class BoundedParser extends ParserImpl {
    private static final int DEEPEST = 64;

    private int depth;

    BoundedParser(LoadSettings settings, String text) {
        super(settings, new StreamReader(settings, text));
    }

    @Override
    public Event next() {
        Event event = super.next();
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> depth++;
            case MappingEnd, SequenceEnd -> depth--;
            default -> {
                return event;
            }
        }
        if (depth > DEEPEST) {
            throw new ParserException("nested more than " + DEEPEST + " levels deep", event.getStartMark());
        }
        return event;
    }
}
