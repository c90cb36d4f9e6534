package io.tollgate.server.fakeprovider.answer;

import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;

/**
 * All that an answer is made from.
 *
 * @param request the request
 * @param body its JSON
 * @param wish what the script wants
 * @param house what the answers of one provider share
 */
public record Question(ReceivedRequest request, JsonObject body, Wish wish, House house) {}
