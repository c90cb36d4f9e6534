package io.tollgate.server.relay;

import io.netty.buffer.ByteBuf;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.http.ResponseTap;
import io.tollgate.server.front.ContentDecoding;
import io.tollgate.server.loop.LoopState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows an answer to all taps: each chunk is copied once into the loop's scratch array and lent to them, decoded where
 * the provider compressed it although it was asked not to. A tap that fails is left out from then on; the answer goes on.
 */
final class AnswerTaps {
    private static final Logger log = LoggerFactory.getLogger(AnswerTaps.class);

    private final @Nullable ResponseTap[] taps;
    private final LoopState loop;
    private final String requestId;
    private @Nullable ContentDecoding decoding;
    private boolean unreadable;
    private boolean ended;

    AnswerTaps(List<ResponseTap> taps, LoopState loop, String requestId) {
        this.taps = taps.toArray(new ResponseTap[0]);
        this.loop = loop;
        this.requestId = requestId;
    }

    void head(ResponseHead head) {
        String encoding = head.headers().get("content-encoding");
        if (!ContentDecoding.isIdentity(encoding)) {
            decoding = ContentDecoding.of(encoding);
            unreadable = decoding == null;
        }
        for (int i = 0; i < taps.length; i++) {
            ResponseTap tap = taps[i];
            if (tap != null) {
                try {
                    tap.head(head);
                } catch (RuntimeException e) {
                    drop(i, e);
                }
            }
        }
    }

    /** Shows a chunk, without releasing it. */
    void bytes(ByteBuf chunk) {
        if (taps.length == 0 || unreadable) {
            return;
        }
        if (decoding == null) {
            lend(chunk);
            return;
        }
        try {
            decoding.decode(chunk, piece -> {
                lend(piece);
                return true;
            });
        } catch (RuntimeException e) {
            unreadable = true;
            log.warn("the answer to request {} is not in the encoding it states; its usage cannot be read", requestId);
        }
    }

    private void lend(ByteBuf chunk) {
        byte[] lent = loop.lend(chunk);
        int length = chunk.readableBytes();
        for (int i = 0; i < taps.length; i++) {
            ResponseTap tap = taps[i];
            if (tap != null) {
                try {
                    tap.bytes(lent, 0, length);
                } catch (RuntimeException e) {
                    drop(i, e);
                }
            }
        }
    }

    /** An attempt is over before its answer began. */
    void unanswered(Attempt attempt) {
        for (int i = 0; i < taps.length; i++) {
            ResponseTap tap = taps[i];
            if (tap != null) {
                try {
                    tap.unanswered(attempt);
                } catch (RuntimeException e) {
                    drop(i, e);
                }
            }
        }
    }

    /** The answer is whole; it may be thrown away. */
    void whole(Attempt attempt) {
        for (int i = 0; i < taps.length; i++) {
            ResponseTap tap = taps[i];
            if (tap != null) {
                try {
                    tap.whole(attempt);
                } catch (RuntimeException e) {
                    drop(i, e);
                }
            }
        }
    }

    /** What was shown is thrown away. */
    void restart() {
        if (decoding != null) {
            decoding.close();
            decoding = null;
        }
        unreadable = false;
        for (int i = 0; i < taps.length; i++) {
            ResponseTap tap = taps[i];
            if (tap != null) {
                try {
                    tap.restart();
                } catch (RuntimeException e) {
                    drop(i, e);
                }
            }
        }
    }

    /** No more comes; later calls do nothing. */
    void end(End end) {
        if (ended) {
            return;
        }
        ended = true;
        if (decoding != null) {
            decoding.close();
        }
        for (int i = 0; i < taps.length; i++) {
            ResponseTap tap = taps[i];
            if (tap != null) {
                try {
                    tap.end(end);
                } catch (RuntimeException e) {
                    drop(i, e);
                }
            }
        }
    }

    private void drop(int index, RuntimeException failure) {
        log.error("a tap of request {} failed and sees no more of the answer", requestId, failure);
        taps[index] = null;
    }
}
