package io.tollgate.routing.complexity.training;

/**
 * A question, and how two models did on it.
 *
 * @param prompt the question
 * @param weak quality of the weak model's answer
 * @param strong quality of the strong model's answer
 * @param group the subject or task it belongs to, or empty
 * @param source where it is from; gains are compared within a source only
 */
public record Example(String prompt, double weak, double strong, String group, int source) {
    /** What the strong model is worth here. */
    public double gain() {
        return strong - weak;
    }

    /** The group, told apart from those of the same name in other sources. */
    String wholeGroup() {
        return source + " " + group;
    }
}
