package io.tollgate.server.admin;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One path of the admin port. Answers on a virtual thread: may block. */
public interface AdminResource {
    /** The HTTP methods it takes; HEAD goes with GET. */
    Set<String> methods();

    /** Answers, or throws {@link AdminProblem}. */
    AdminAnswer answer(AdminRequest request);

    /** Whether it holds nothing of anybody's and is given to those without the token too. */
    default boolean isForEveryone() {
        return false;
    }

    /** How it answers with a stream instead, or null. */
    default @Nullable AdminStream stream() {
        return null;
    }

    /** Something to read. */
    static AdminResource get(Function<AdminRequest, AdminAnswer> answer) {
        return of("GET", answer);
    }

    /** Something to do. */
    static AdminResource post(Function<AdminRequest, AdminAnswer> answer) {
        return of("POST", answer);
    }

    private static AdminResource of(String method, Function<AdminRequest, AdminAnswer> answer) {
        Set<String> methods = Set.of(method);
        return new AdminResource() {
            @Override
            public Set<String> methods() {
                return methods;
            }

            @Override
            public AdminAnswer answer(AdminRequest request) {
                return answer.apply(request);
            }
        };
    }
}
