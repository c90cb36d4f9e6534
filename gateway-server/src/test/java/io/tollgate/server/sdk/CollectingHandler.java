package io.tollgate.server.sdk;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;

/** Collects a streamed answer, and leaves it after so many pieces of text. */
final class CollectingHandler implements StreamingChatResponseHandler {
    private final int leavesAfter;
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<ChatResponse> completed = new CompletableFuture<>();
    private int pieces;

    CollectingHandler(int leavesAfter) {
        this.leavesAfter = leavesAfter;
    }

    synchronized String text() {
        return text.toString();
    }

    CompletableFuture<ChatResponse> completed() {
        return completed;
    }

    @Override
    public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
        append(partial.text());
        pieces++;
        if (pieces == leavesAfter) {
            context.streamingHandle().cancel();
        }
    }

    private synchronized void append(String piece) {
        text.append(piece);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        completed.complete(response);
    }

    @Override
    public void onError(Throwable error) {
        completed.completeExceptionally(error);
    }
}
