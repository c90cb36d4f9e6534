/** What an answer is before it is put in a dialect: the prompt, the draft, the counts. */
@NullMarked
package io.tollgate.server.fakeprovider.answer;

import org.jspecify.annotations.NullMarked;
