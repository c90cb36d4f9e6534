package io.tollgate.routing.earlystop;

/** Looks at an answer's text as it comes. One per answer, on the exchange's loop. */
interface TextWatch {
    /** Further text in UTF-8, lent for the call; whether nothing that follows is wanted. */
    boolean isOver(byte[] lent, int offset, int length);
}
