package io.tollgate.routing.shaping.text;

/**
 * A sentence or line of a text.
 *
 * @param source which of the texts
 * @param block which block of all texts: a document, a paragraph, a list item
 * @param from its first character
 * @param to one past its last, the blanks behind it included
 * @param head whether it is its block's heading, which is kept if anything of the block is
 * @param pinned whether it stays whatever is left out
 */
record Piece(int source, int block, int from, int to, boolean head, boolean pinned) {}
