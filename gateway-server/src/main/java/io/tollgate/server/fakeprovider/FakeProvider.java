package io.tollgate.server.fakeprovider;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Events;
import io.tollgate.server.fakeprovider.answer.House;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.Replacement;
import io.tollgate.server.fakeprovider.behaviour.RuleBook;
import io.tollgate.server.fakeprovider.behaviour.StepStream;
import io.tollgate.server.fakeprovider.routing.Router;
import io.tollgate.server.fakeprovider.text.TokenCounter;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import io.tollgate.server.fakeprovider.traffic.RequestLog;
import io.tollgate.server.fakeprovider.wire.Host;
import io.tollgate.server.fakeprovider.wire.ProviderConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A provider that speaks OpenAI, Azure OpenAI, Anthropic and Gemini over HTTP/1.1, answers with text that follows from
 * the prompt and with token counts that follow from the text, and misbehaves as told. Any thread.
 */
public final class FakeProvider implements AutoCloseable {
    private static final int MOST_BODY_BYTES = 128 * 1024 * 1024;
    private static final long MOST_KEPT_BYTES = 128L * 1024 * 1024;
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int LONGEST_HEAD = 128 * 1024;
    private static final int CHUNK = 64 * 1024;

    private final FakeProviderOptions options;
    private final MultiThreadIoEventLoopGroup loops;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicLong connectionNumbers = new AtomicLong();
    private final RuleBook rules;
    private final RequestLog requests;
    private final House house;
    private final AtomicLong bytesWritten = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Channel listener;

    private FakeProvider(FakeProviderOptions options) throws IOException {
        this.options = options;
        this.rules = new RuleBook(options.ordinary());
        this.requests = new RequestLog(options.keptRequests(), MOST_KEPT_BYTES);
        this.house = new House(new TokenCounter(options.exactTokensUpTo()), options.cachesPrompts(), options.clock());
        this.loops = new MultiThreadIoEventLoopGroup(
                options.threads(), new DefaultThreadFactory("fake-provider", true), NioIoHandler.newFactory());
        this.listener = bind(new Desk());
    }

    /** Starts on a free port of the loopback address. */
    public static FakeProvider start() {
        try {
            return start(FakeProviderOptions.standard());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Starts.
     *
     * @throws IOException when the address cannot be listened on
     */
    public static FakeProvider start(FakeProviderOptions options) throws IOException {
        return new FakeProvider(options);
    }

    private Channel bind(Host host) throws IOException {
        SslContext tls = options.tls();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connections.add(channel);
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline()
                                .addLast(new HttpRequestDecoder(LONGEST_LINE, LONGEST_HEAD, CHUNK))
                                .addLast(new ProviderConnection(host, connectionNumbers.incrementAndGet()));
                    }
                });
        try {
            return bootstrap
                    .bind(new InetSocketAddress(options.host(), options.port()))
                    .syncUninterruptibly()
                    .channel();
        } catch (RuntimeException e) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
            throw new IOException(
                    "cannot listen on " + options.host() + ":" + options.port() + ": " + e.getMessage(), e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Its address without a path, e.g. {@code http://127.0.0.1:4711}. */
    public String url() {
        return (options.tls() == null ? "http://" : "https://") + options.host() + ":" + port();
    }

    /** What it received. */
    public RequestLog requests() {
        return requests;
    }

    /** How it behaves. */
    public RuleBook rules() {
        return rules;
    }

    /** The next requests, whatever they are, get these behaviours, one each. */
    public FakeProvider enqueue(Behaviour... next) {
        rules.enqueue(next);
        return this;
    }

    /** Every request that fits gets this, unless an older rule fits. */
    public FakeProvider script(Predicate<ReceivedRequest> fits, Behaviour behaviour) {
        rules.add(fits, behaviour);
        return this;
    }

    /** The next request waits to be answered by hand, step by step. */
    public StepStream stepNext() {
        StepStream steps = new StepStream();
        rules.enqueue(Behaviour.steps(steps));
        return steps;
    }

    /** Bytes of bodies handed to sockets so far, without framing. */
    public long bytesWritten() {
        return bytesWritten.get();
    }

    /** Connections open now. */
    public int openConnections() {
        return connections.size();
    }

    /** Connections opened so far. */
    public long connectionsOpened() {
        return connectionNumbers.get();
    }

    /** Forgets rules, waiting behaviours and requests: for the next test. */
    public void reset() {
        rules.clear();
        requests.clear();
    }

    /** Closes the listener and all connections; once. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        listener.close().syncUninterruptibly();
        connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    /** Answers for the connections. */
    private final class Desk implements Host {
        private final Router router = new Router(house, options.asksCredential());
        private final @Nullable CannedAnswers canned = options.canned() ? new CannedAnswers(router) : null;
        private final AtomicLong numbers = new AtomicLong();

        @Override
        public long nextRequest() {
            return numbers.incrementAndGet();
        }

        @Override
        public @Nullable Behaviour atHead(ReceivedRequest head) {
            return rules.atHead(head);
        }

        @Override
        public Behaviour of(ReceivedRequest request) {
            return rules.of(request);
        }

        @Override
        public Answer answer(ReceivedRequest request, Behaviour behaviour) {
            Replacement replacement = behaviour.replacement();
            if (replacement == null) {
                return canned == null
                        ? router.answer(request, behaviour.wish())
                        : canned.answer(request, behaviour.wish());
            }
            int status = behaviour.status() == 0 ? 200 : behaviour.status();
            return new Answer(
                    status,
                    replacement.contentType(),
                    List.of(),
                    new Events().add(replacement.body()),
                    replacement.contentType().startsWith("text/event-stream"),
                    null);
        }

        @Override
        public void received(ReceivedRequest request) {
            requests.add(request);
        }

        @Override
        public void written(long bytes) {
            bytesWritten.addAndGet(bytes);
        }

        @Override
        public int mostBodyBytes() {
            return MOST_BODY_BYTES;
        }
    }
}
