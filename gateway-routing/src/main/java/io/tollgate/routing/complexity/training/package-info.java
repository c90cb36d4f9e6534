/** Makes the weights of the learned classifier from questions and what a weak and a strong model made of them. */
@NullMarked
package io.tollgate.routing.complexity.training;

import org.jspecify.annotations.NullMarked;
