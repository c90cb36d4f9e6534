package io.tollgate.server.gateway;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.EventExecutor;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.RequestHead;
import io.tollgate.core.pipeline.OwnCalls;
import io.tollgate.core.time.Ticker;
import io.tollgate.server.front.CollectedResponse;
import io.tollgate.server.front.InboundRequest;
import io.tollgate.server.loop.LoopState;
import io.tollgate.server.loop.Loops;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the gateway's own calls within the process: each begins at the traffic port's handler like one that came over
 * the network, on the loop of the exchange it is made for. At most {@value #MOST} are under way. Any thread.
 */
public final class InProcessCalls implements OwnCalls {
    private static final Logger log = LoggerFactory.getLogger(InProcessCalls.class);
    private static final int MOST = 64;
    private static final int LONGEST_ANSWER = 256 << 10;
    private static final InetSocketAddress ITSELF = InetSocketAddress.createUnresolved("tollgate", 0);

    private final Loops loops;
    private final Supplier<GatewayHandler> handler;
    private final Ticker ticker;
    private final AtomicInteger underWay = new AtomicInteger();

    /** Through this handler, which is asked for when the first call is made. */
    public InProcessCalls(Loops loops, Supplier<GatewayHandler> handler, Ticker ticker) {
        this.loops = loops;
        this.handler = handler;
        this.ticker = ticker;
    }

    /** Calls that have not ended. */
    public int underWay() {
        return underWay.get();
    }

    @Override
    public void make(Exchange exchange, Call call, Listener answered) {
        RequestHead head = head(exchange, call);
        if (head == null || !(exchange.loop() instanceof EventExecutor executor)) {
            answered.answered(null);
            return;
        }
        if (underWay.incrementAndGet() > MOST) {
            underWay.decrementAndGet();
            answered.answered(null);
            return;
        }
        LoopState loop = loops.state(executor);
        CollectedResponse response = new CollectedResponse(LONGEST_ANSWER, (status, body) -> {
            underWay.decrementAndGet();
            answered.answered(status == 200 ? body : null);
        });
        String id = exchange.id();
        Runnable begin = () -> {
            try {
                InboundRequest request =
                        new InboundRequest(head, RequestBody.of(call.body()), ticker.nanos(), ITSELF, loop);
                handler.get().own(request, response, call.lever());
            } catch (RuntimeException e) {
                log.error("a call for request {} could not be made", id, e);
                response.abort();
            }
        };
        try {
            executor.execute(begin);
        } catch (RejectedExecutionException e) {
            response.abort(); // the gateway stops
        }
    }

    /** The same path, of another model; null where it would not be a plain call there. */
    private static @Nullable RequestHead head(Exchange exchange, Call call) {
        Endpoint endpoint = exchange.endpoint();
        RequestHead from = exchange.head();
        String below = endpoint.path();
        if (!from.path().endsWith(below)) {
            return null;
        }
        String path = from.path();
        String query = from.query();
        if (endpoint.dialect().name().equals("gemini")) {
            String other = endpoint.dialect().path(endpoint, call.model());
            path = path.substring(0, path.length() - below.length())
                    + other.replace("streamGenerateContent", "generateContent");
            query = OwnHead.withoutStreaming(query);
        } else if (endpoint.model() != null) {
            return null; // the path names a deployment
        }
        return new RequestHead(HttpMethod.POST, path, query, OwnHead.headers(from.headers(), call.task()));
    }
}
