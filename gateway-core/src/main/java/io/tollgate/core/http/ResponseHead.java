package io.tollgate.core.http;

import io.netty.handler.codec.http.HttpHeaders;

/** An upstream's answer without its body. */
public record ResponseHead(int status, HttpHeaders headers) {}
