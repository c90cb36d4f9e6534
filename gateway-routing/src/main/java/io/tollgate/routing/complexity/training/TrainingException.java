package io.tollgate.routing.complexity.training;

/** Examples that cannot be learnt from: says where, what is wrong, and what was expected. */
public final class TrainingException extends Exception {
    /** With this message. */
    public TrainingException(String message) {
        super(message);
    }
}
