package io.tollgate.core.dialect.endpoint;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dialect of another name and family, for tests of paths: its language does not matter there. */
record OtherFamily(String name, Family family, Dialect language) implements Dialect {
    @Override
    public RequestFacts read(Endpoint endpoint, RequestBody body) {
        return language.read(endpoint, body);
    }

    @Override
    public List<BodyEdit> model(RequestFacts facts, String model) {
        return language.model(facts, model);
    }

    @Override
    public List<BodyEdit> outputCap(RequestFacts facts, @Nullable String capField, long tokens) {
        return language.outputCap(facts, capField, tokens);
    }

    @Override
    public UsageReader usageReader(Endpoint endpoint, RequestFacts facts) {
        return language.usageReader(endpoint, facts);
    }

    @Override
    public byte[] errorBody(Refusal refusal, int status, String requestId) {
        return language.errorBody(refusal, status, requestId);
    }

    @Override
    public byte[] errorEvent(Refusal refusal, String requestId) {
        return language.errorEvent(refusal, requestId);
    }
}
